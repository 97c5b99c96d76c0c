"""fphost for what the tests here build."""

from __future__ import annotations

from tests.host.conftest import host_program

__all__ = ["host_program"]
