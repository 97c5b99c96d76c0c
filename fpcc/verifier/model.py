"""What the verifier talks about: operands, instructions and violations, as the machine code has them."""

from collections.abc import Iterator
from dataclasses import dataclass

RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI = range(8)
_NAMES = ("ax", "cx", "dx", "bx", "sp", "bp", "si", "di")
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
class Bound:
    """A bound register of MPX, bnd0 to bnd3."""

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


Operand = Reg | Vec | Mask | Bound | Imm | Mem | Target


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

    def __str__(self) -> str:
        return format_instruction(self.mnemonic, self.operands, self.end)

    def memory(self) -> Iterator[tuple[Mem, str]]:
        """Its accessed memory operands (x86 has at most one) with how each is accessed; not those of lea."""
        for operand, access in zip(self.operands, self.access, strict=True):
            if isinstance(operand, Mem) and access:
                yield operand, access


def format_instruction(mnemonic: str, operands: tuple[Operand, ...], end: int) -> str:
    """Intel's syntax, for people."""
    return " ".join((mnemonic, ", ".join(_format_operand(operand, end) for operand in operands))).strip()


def register_name(number: int, width: int = 64, high: bool = False) -> str:
    """What an assembler calls it."""
    if number >= R8:
        return f"r{number}" + {64: "", 32: "d", 16: "w", 8: "b"}[width]
    name = _NAMES[number]
    if width == 8:
        return f"{name[0]}h" if high else name + "l" if number >= RSP else f"{name[0]}l"
    return {64: "r", 32: "e", 16: ""}[width] + name


def _format_operand(operand: Operand, end: int) -> str:
    match operand:
        case Reg(number, width, high):
            return register_name(number, width, high)
        case Vec(number, width):
            return f"{'xyz'[width // 256]}mm{number}"
        case Mask(number):
            return f"k{number}"
        case Bound(number):
            return f"bnd{number}"
        case Imm(value):
            return f"{value:#x}"
        case Target(address):
            return f"{address:#x}"
        case Mem():
            return _format_memory(operand, end)


def _format_memory(memory: Mem, end: int) -> str:
    prefix = f"{memory.segment}:" if memory.segment else ""
    if memory.base == RIP:
        return f"{prefix}[rip {memory.disp:+#x}] ({end + memory.disp:#x})"
    width = 32 if memory.narrow else 64
    terms = [register_name(memory.base, width)] if memory.base >= 0 else []
    if memory.index >= 0:
        terms.append(f"{register_name(memory.index, width)}*{memory.scale}")
    if memory.disp or not terms:
        terms.append(f"{memory.disp:#x}")
    return f"{prefix}[{' + '.join(terms)}]"


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
