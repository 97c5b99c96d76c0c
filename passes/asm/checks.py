"""Bounds checks of the `mpx` lowering, from the stand-ins that code is generated with to the instructions.

LLVM knows no MPX since version 14. In generated code a check is `ud1l GUARD(%root), %eNx`, where the second
register stands for the bound register: one that is overlooked here traps whatever the root is.
Requires: assembly in AT&T syntax as LLVM prints it. Gives: the same, each stand-in replaced by the bytes of
`bndcl %root, %bndN; bndcu %root, %bndN`; and a section that is not loaded, CHECKS_SECTION, with an entry of
CHECK_ENTRY for each check: its address, the number of its guard.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

CHECKS_SECTION = ".fastpaas.checks"
CHECK_ENTRY = "<QI"  # in the words of the struct module
CHECK_BYTES = 10  # of the longest check

_STAND_INS = ("%eax", "%ecx", "%edx", "%ebx")  # for bnd0 to bnd3
_STAND_IN = re.compile(r"^\tud1l\t(\d*)\(%(r\w+)\), (%e[abcd]x)$", re.MULTILINE)
REGISTERS = [f"r{name}" for name in "ax cx dx bx sp bp si di".split()] + [f"r{n}" for n in range(8, 16)]
_LOWER, _UPPER = 0xF3, 0xF2  # what tells bndcl from bndcu (Intel SDM volume 2); REX comes after it


def write_check(root: str, bounds: int, guard: str) -> str:
    """The stand-in for a check of register `root` against bound register `bounds`."""
    return f"ud1l {guard}({root}), {_STAND_INS[bounds]}"


def encode_checks(assembly: str) -> str:
    """`assembly` with its checks encoded, and the table of them at its end."""
    encoder = _Encoder()
    text = _STAND_IN.sub(encoder.encode, assembly)
    return "\n".join([text, *encoder.table()]) if encoder.guards else text


@dataclass
class _Encoder:
    guards: list[int] = field(default_factory=list)  # of each check so far

    def encode(self, check: re.Match[str]) -> str:
        register, bounds = REGISTERS.index(check[2]), _STAND_INS.index(check[3])
        code = [*_instruction(_LOWER, register, bounds), *_instruction(_UPPER, register, bounds)]
        label = f".Lfp_check{len(self.guards)}"
        self.guards.append(int(check[1] or 0))
        return f"{label}:\n\t.byte\t{', '.join(f'{byte:#04x}' for byte in code)}"

    def table(self) -> list[str]:
        entries = (f"\t.quad\t.Lfp_check{at}\n\t.long\t{guard}" for at, guard in enumerate(self.guards))
        return [f'\t.section\t{CHECKS_SECTION},"",@progbits', *entries, ""]


def _instruction(first: int, register: int, bounds: int) -> list[int]:
    extended = [0x41] if register >= 8 else []
    return [first, *extended, 0x0F, 0x1A, 0xC0 | bounds << 3 | register & 7]
