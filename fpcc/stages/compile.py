"""Clang: each source to IR, not optimised."""

from __future__ import annotations

from dataclasses import replace

from fpcc.stages.state import Build


def run(build: Build) -> Build:
    """Waits for what was begun before. Raises CompileError."""
    return replace(build, units=tuple(unit.result() for unit in build.begun.compiling))
