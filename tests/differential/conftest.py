"""fphost for the programs to run on."""

from __future__ import annotations

from tests.host.conftest import host_program

__all__ = ["host_program"]
