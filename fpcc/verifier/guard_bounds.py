"""What a check against a bound register says (lowering mpx): the host loads each with the bounds of a region.

`bndcl` ends the module's turn if a value is below the region, `bndcu` if it is above: behind both, on the
same value and register, the value points into the region. Bounds of the host's may be narrower than those
here, never wider.
"""

from __future__ import annotations

from collections.abc import Mapping

from fpcc.abi import abi
from fpcc.verifier.guard_intervals import Interval
from fpcc.verifier.model import Bound, Instruction, Reg

ENTRIES = ("bndldx", "bndstx")  # of a bounds table: these do not touch the memory that an entry is about
OTHER: Mapping[str, str] = {"bndcl": "bndcu", "bndcu": "bndcl"}

# Names of the numbers in abi.h: of the register, of the region's first byte, of its last or the one past it.
_REGIONS = (
    ("FP_BOUNDS_PACKETS", "FP_PACKETS_OFFSET", "FP_PACKETS_LIMIT"),
    ("FP_BOUNDS_OBJECTS", "FP_IMAGE_OFFSET", "FP_HEAP_LIMIT"),
    ("FP_BOUNDS_STACK", "FP_STACK_OFFSET", "FP_STACK_LIMIT"),
    ("FP_BOUNDS_ARENA", "", "FP_ARENA_REACH"),
)


def region_of(register: int) -> Interval:
    """The distances from the arena's base that a bound register lets pass."""
    number = abi().number
    for name, first, last in _REGIONS:
        if number(name) == register:
            return number(first) if first else 0, number(last)
    raise ValueError(f"bnd{register}: no register of a region")


def read_check(instruction: Instruction) -> tuple[int, int] | None:
    """The bound register and the general register of a check; None for any other instruction."""
    match instruction.mnemonic, instruction.operands:
        case "bndcl" | "bndcu", (Bound(bound), Reg(number)):
            return bound, number
    return None
