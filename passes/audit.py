"""placeholder"""
from __future__ import annotations
from passes.protect import Protection
def audit_module(text: str, protection: Protection) -> list[str]:
    return []
