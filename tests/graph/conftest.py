"""The modules of tests/fpcc/run, and graphs that run."""

from __future__ import annotations

from tests.fpcc.run.conftest import build_module, macswap

__all__ = ["build_module", "macswap"]
