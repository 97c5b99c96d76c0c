"""The processor's bounds table (lowering `mpx`, mode `pointer`): from stand-ins to instructions of MPX.

LLVM knows no MPX since version 14. In generated code each instruction is a `ud1w` whose register says which
it is: one that is overlooked here traps. Requires: assembly in AT&T syntax as LLVM prints it. Gives: the
same, each stand-in replaced by the bytes of `bndldx (slot,word), %bndN`, `bndmov %bndN, (place)`, `bndmk
(lower,object), %bndN` or `bndstx %bndN, (slot,word)`, N being the one bound register that holds no region's
bounds. A `nop` follows for each byte of address behind the ModRM byte: qemu (7.2 at least) reads as many a
second time, from what follows, and goes on behind that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from passes.asm.checks import REGISTERS

ENTRY = 8  # bytes of memory that an entry is about
BOUNDS = 16  # bytes of a bound register in memory: lower, and the one's complement of upper

# The inline assembly that gives what an entry holds: slot, word, the place for the bounds.
LOAD_ENTRY = 'asm sideeffect "ud1w ($0,$1), %ax\\0A\\09ud1w ($2), %cx", "r,r,r,~{memory}"'
# That stores an entry: slot, word, the two halves of the bounds.
STORE_ENTRY = 'asm sideeffect "ud1w ($2,$3), %dx\\0A\\09ud1w ($0,$1), %bx", "r,r,r,r,~{memory}"'

OPERATION = "bounds table"  # what an access is called that is of an entry, not of the memory it is about


@dataclass(frozen=True)
class _Instruction:
    prefix: tuple[int, ...]
    opcode: int


_INSTRUCTIONS = {
    "%ax": _Instruction((), 0x1A),  # bndldx
    "%cx": _Instruction((0x66,), 0x1B),  # bndmov to memory
    "%dx": _Instruction((0xF3,), 0x1B),  # bndmk
    "%bx": _Instruction((), 0x1B),  # bndstx
}
_STAND_IN = re.compile(r"^\tud1w\t\(%(r\w+)(?:,%(r\w+))?\), (%[abcd]x)$", re.MULTILINE)
_NOP = 0x90
_SIB = 4  # in place of a base, in ModRM: an SIB byte follows; rsp and r12 always need one
_WITHOUT_DISPLACEMENT = 5  # rbp and r13: there is no such form, so they get one of 0
_NO_INDEX = 4  # in an SIB byte: rsp, which is never an index

# callee, as the reader shows it -> its accesses: (position of the pointer, kind, operation, bytes)
TABLE_CALLEES: Mapping[str, tuple[tuple[int, str, str, int], ...]] = {
    LOAD_ENTRY.replace('", "', '" , "'): (
        (0, "update", OPERATION, ENTRY),
        (2, "write", OPERATION, BOUNDS),
    ),
    STORE_ENTRY.replace('", "', '" , "'): ((0, "update", OPERATION, ENTRY),),
}


def encode_table(assembly: str, bounds: int) -> str:
    """`assembly` with its uses of the table encoded; `bounds` is the number of the bound register."""
    return _STAND_IN.sub(lambda found: _encode(found, bounds), assembly)


def _encode(found: re.Match[str], bounds: int) -> str:
    instruction, base = _INSTRUCTIONS[found[3]], REGISTERS.index(found[1])
    index = REGISTERS.index(found[2]) if found[2] else _NO_INDEX
    has_sib = index != _NO_INDEX or base & 7 == _SIB
    has_zero = base & 7 == _WITHOUT_DISPLACEMENT
    extended = 0x40 | base >> 3 | index >> 3 << 1
    rex = [extended] if extended != 0x40 else []
    modrm = has_zero << 6 | bounds << 3 | (_SIB if has_sib else base & 7)
    address = [*[(index & 7) << 3 | base & 7] * has_sib, *[0] * has_zero]
    code = [*instruction.prefix, *rex, 0x0F, instruction.opcode, modrm, *address, *[_NOP] * len(address)]
    return f"\t.byte\t{', '.join(f'{byte:#04x}' for byte in code)}"
