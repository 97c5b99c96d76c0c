"""The version of fpcc, as its package metadata states it."""

from __future__ import annotations

from importlib import metadata

try:
    VERSION = metadata.version("fastpaas")
except metadata.PackageNotFoundError:  # a checkout that was never installed
    VERSION = "0+unknown"
