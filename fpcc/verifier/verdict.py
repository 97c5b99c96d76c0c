"""What the verifier says of a module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fpcc.verifier.model import Violation

RULES = {
    "file": "the file is a module that the host can load as it stands",
    "instruction": "all of text is instructions of the allow-list",
    "branch": "control goes to instructions, functions and import stubs only",
    "stack": "functions stay in their native frames and give back what they were given",
    "memory": "each access is confined to the arena, or to what the host lets modules see",
    "guard": "each access that is not confined by its form was checked on every path",
}


@dataclass(frozen=True, slots=True)
class Summary:
    """What a module is, as far as it could be read."""

    mode: str = ""
    lowering: str = ""
    text_size: int = 0
    instructions: int = 0
    functions: int = 0
    accesses: Mapping[str, int] = field(default_factory=dict)  # by how they are confined, see confinement.py


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that speaks against a module, by address, and what it is. No violations: it is safe to run."""

    violations: tuple[Violation, ...]
    summary: Summary
