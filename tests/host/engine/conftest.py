"""The program and the modules of tests/host/run."""

from __future__ import annotations

from tests.host.run.conftest import fphost, import_names, make_module

__all__ = ["fphost", "import_names", "make_module"]
