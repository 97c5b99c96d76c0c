"""The stages of a build, in order. NAME is fpcc/stages/NAME.py, which offers `run`: a Build in, a Build out.

Modes and lowerings are rows of tables (passes/modes.py, passes/lower/registry.py); no stage asks which one it
serves beyond what those rows say.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import cast

from fpcc.stages.state import Build

STAGES = (
    "compile",
    "link",
    "optimise",
    "untangle",
    "bounds",
    "protect",
    "audit",
    "imports",
    "module",
    "verify",
)


def load_stages(after: str, last: str) -> None:
    """Loads what runs the stages after one of them up to another: best while a tool is waited for."""
    for name in STAGES[STAGES.index(after) + 1 : STAGES.index(last) + 1]:
        load_stage(name)


def load_stage(name: str) -> Callable[[Build], Build]:
    """What runs the stage; its module is loaded if that has not happened yet."""
    return cast(Callable[[Build], Build], importlib.import_module(f"fpcc.stages.{name}").run)
