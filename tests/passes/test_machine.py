"""The cases with hostile arguments and memory: protected they never leave the arena, else they do."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from passes.ir.module import Function, Module, read_module
from passes.modes import MODES
from tests.passes.hostile_values import Unsupported
from tests.passes.machine import EscapeError, Machine
from tests.passes.protected import CASES, protect_and_audit, protection, read_input

INPUTS = sorted(p for p in CASES.rglob("*.ll") if not p.name.endswith(".expected.ll"))
ACCEPTED = [path for path in INPUTS if path.parent.name != "refused"]
RUNS = 150  # of each function


def find_escapes(module: Module, mode: str) -> list[str]:
    """The first escape of each function."""
    found = (find_escape(module, function, mode) for function in module.functions.values())
    return [escape for escape in found if escape]


def find_escape(module: Module, function: Function, mode: str) -> str:
    try:
        for seed in range(RUNS):
            Machine(module, protection(mode), random.Random(seed)).run(function)
    except EscapeError as error:
        return f"{function.name}: {error}"
    except Unsupported:
        return ""
    return ""


@pytest.mark.parametrize("mode", [name for name, mode in MODES.items() if mode.hardened])
@pytest.mark.parametrize("path", ACCEPTED, ids=lambda path: path.stem)
def test_a_protected_module_never_leaves_its_arena(path: Path, mode: str) -> None:
    protected, _ = protect_and_audit(read_input(path), mode)
    assert find_escapes(read_module(protected.text), mode) == []


# One is all vectors, which the machine does not run; in the others no access can stray far enough.
HARMLESS = {"masked", "trusted_base", "inside_a_global"}
ESCAPING = [p for p in ACCEPTED if p.parent.name in ("guards", "loops", "proofs") and p.stem not in HARMLESS]


@pytest.mark.parametrize("path", ESCAPING, ids=lambda path: path.stem)
def test_without_protection_it_does(path: Path) -> None:
    assert find_escapes(read_module(read_input(path)), "rw")
