"""What is known of a register or a spilled word: numbers, so that states are small and compare fast.

PLAIN        the module's own data, or anything else it may look at
ODD, EVEN    the same, and its lowest bit is known: of an odd number bsr and bsf have a result
LEFT + bits  left there by the host or by nobody; only the low `bits` bits (0, 8 .. 56) are the module's own
TLS_*        the offset of one of the host's thread-local variables, from its read-only GOT entry
ENTRY + n    what register n held when the function was entered
addresses    of the native stack: their distance from the return address of this call (see `address`)
"""

from fpcc.verifier.model import R8, R9, R10, R11, R12, R13, R14, R15, RAX, RBP, RBX, RCX, RDI, RDX, RSI

PLAIN = 0
TLS_POINTER, TLS_READ_ONLY = 1, 2
ODD, EVEN = 3, 4
LEFT = 32
ENTRY = 128

CALLEE_SAVED = (RBX, RBP, R12, R13, R14, R15)
CALLER_SAVED = (RAX, RCX, RDX, RSI, RDI, R8, R9, R10, R11)

WHOLE = 64  # bits of a register

_ADDRESSES = -(1 << 60)
_FIRST = _ADDRESSES + (1 << 58)

# Offsets at or below this one count from the stack pointer after it was rounded down, see FrameState.floor.
ALIGNED = -(1 << 40)
_FAR = 1 << 30


def address(offset: int) -> int:
    """The native stack's address at `offset`; PLAIN if it is so far away that offsets could be confused."""
    return _ADDRESSES + offset if min(abs(offset), abs(offset - ALIGNED)) < _FAR else PLAIN


def is_address(value: int) -> bool:
    """True if the value is an address of the native stack."""
    return value < _FIRST


def offset_of(value: int) -> int:
    """The offset of an address of the native stack."""
    return value - _ADDRESSES


def defined_bits(value: int) -> int:
    """How many of its low bits the module may look at."""
    if value >= ENTRY:
        return 0
    return value - LEFT if value >= LEFT else WHOLE


def with_bits(bits: int) -> int:
    """The value of which only so many low bits are the module's own."""
    return PLAIN if bits >= WHOLE else LEFT + bits


def narrowed(value: int) -> int:
    """What is known of the low 32 bits of a value, extended by zeros."""
    bits = defined_bits(value)
    return value if value in (ODD, EVEN) else with_bits(WHOLE if bits >= WHOLE // 2 else bits)


def joined(one: int, other: int) -> int:
    """What is known where either may be there."""
    return one if one == other else with_bits(min(defined_bits(one), defined_bits(other)))


def as_passed(value: int) -> int:
    """What another function may know of it."""
    return with_bits(min(defined_bits(value), WHOLE))
