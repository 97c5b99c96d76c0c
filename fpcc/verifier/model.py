"""What the verifier talks about: operands, instructions and violations, as the machine code has them."""

from collections.abc import Iterator
from dataclasses import dataclass

RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI = range(8)
R8, R9, R10, R11, R12, R13, R14, R15 = range(8, 16)

# What a Mem has in place of a register number.
NO_REGISTER = -1
RIP = -2

# Access of one operand.
READ, WRITE, READ_WRITE, ADDRESS_ONLY = "r", "w", "rw", ""

# Kinds of instruction.
PLAIN, CALL, JUMP, BRANCH, RETURN, TRAP, PUSH, POP, NOP = (
    "plain", "call", "jump", "branch", "return", "trap", "push", "pop", "nop"
)  # fmt: skip

NO_REGISTERS: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reg:
    """A general register, or the part of it an instruction names."""

    number: int
    width: int
    high: bool = False


@dataclass(frozen=True, slots=True)
class Vec:
    """A vector register."""

    number: int
    width: int


@dataclass(frozen=True, slots=True)
class Mask:
    """An AVX-512 mask register."""

    number: int


@dataclass(frozen=True, slots=True)
class Imm:
    """An immediate, sign-extended as the instruction uses it."""

    value: int


@dataclass(frozen=True, slots=True)
class Mem:
    """A memory operand; `size` is how many bytes it touches at most, 0 when it touches none."""

    base: int
    index: int
    scale: int
    disp: int
    segment: str
    narrow: bool
    size: int


@dataclass(frozen=True, slots=True)
class Target:
    """Where a direct branch goes."""

    address: int


Operand = Reg | Vec | Mask | Imm | Mem | Target


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the allow-list: the form in its notation, its group, and why that group is allowed."""

    notation: str
    group: str
    reason: str


@dataclass(frozen=True, slots=True)
class Instruction:
    """One decoded instruction; operands are in Intel's order, implicit ones only in `reads` and `writes`."""

    address: int
    size: int
    bytes: bytes
    mnemonic: str
    operands: tuple[Operand, ...]
    access: tuple[str, ...]
    reads: frozenset[int]
    writes: frozenset[int]
    kind: str
    row: Row

    @property
    def end(self) -> int:
        """The address of the byte after it."""
        return self.address + self.size

    def memory(self) -> Iterator[tuple[Mem, str]]:
        """Its accessed memory operands (x86 has at most one) with how each is accessed; not those of lea."""
        for operand, access in zip(self.operands, self.access, strict=True):
            if isinstance(operand, Mem) and access:
                yield operand, access


@dataclass(frozen=True, slots=True)
class Violation:
    """One reason why a module is refused."""

    rule: str
    address: int
    bytes: bytes
    instruction: str
    function: str
    source: str
    message: str
