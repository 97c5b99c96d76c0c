"""The modules and captures of tests/fpcc/run."""

from __future__ import annotations

from tests.fpcc.run.conftest import build_module, demo, macswap, unprotected

__all__ = ["build_module", "demo", "macswap", "unprotected"]
