"""What a lowering is: the text of a guard, or the confinement of generated code. One file a lowering;
the registry is passes/lower/registry.py.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from typing import Protocol

from passes.analysis.values import Values
from passes.ir.instruction import Instruction
from passes.ir.operand import Operand
from passes.model import Region

# The linker defines it at the image's first byte. Every lowering declares it, so that no NF can mean it.
IMAGE_START = "@__ehdr_start = external hidden constant i8"


@dataclass
class GuardText:
    """IR lines that check a pointer and end in the block `after`, and cold blocks for the function's end."""

    lines: list[str]
    after: str  # label of the block the lines leave open, "%name"; "" if they begin none
    cold: list[str] = field(default_factory=list)


class Lowering(Protocol):
    """Realises guards in IR."""

    @property
    def name(self) -> str:
        """As the command line and the manifest say it."""

    @property
    def confines(self) -> bool:
        """Whether operands are confined after code generation: then the IR has no guards and no function
        a local on the native stack, whose address would be confined, too."""

    @property
    def requires(self) -> str:
        """The feature a processor must have to run its modules, as /proc/cpuinfo calls it; "" for none."""

    @property
    def declarations(self) -> tuple[str, ...]:
        """Top-level IR the guards need."""

    @property
    def trap_callee(self) -> str:
        """The one inline assembly a guard may end in, as the reader shows it, "" for none; for the audit."""

    @property
    def check_callees(self) -> frozenset[str]:
        """The inline assembly that checks a pointer and goes on, in the same form."""

    @property
    def bounds_table(self) -> str:
        """IR that has the place of runtime/module/bounds_table.c in mode `pointer`, "" for none."""

    @property
    def table_callees(self) -> frozenset[str]:
        """The inline assembly in that IR, in the same form."""

    @property
    def variables(self) -> tuple[str, ...]:
        """Thread-local variables of the host that guards read, and nothing writes."""

    def enter_function(self, regions: Set[Region]) -> list[str]:
        """Lines for the start of every function that has guards, with all regions these check."""

    def guard(self, number: int, pointer: str, region: Region, suffix: str) -> GuardText:
        """Checks that `pointer`, a value's name or a constant, is in the region; `number` is the guard's id,
        `suffix` metadata."""

    def checked_pointer(self, check: Instruction, values: Values) -> Operand | None:
        """For the audit: the pointer that is in the arena where `check`, a comparison, is false, or behind
        `check`, a call of inline assembly; None if it checks none."""

    def with_bounds(self) -> Lowering:
        """The lowering as mode `pointer` has it."""

    def finish_assembly(self, assembly: str, kinds: Set[str]) -> str:
        """The generated code as it is to be assembled; where the lowering confines, with accesses of these
        kinds confined. Raises RefusedInstruction."""
