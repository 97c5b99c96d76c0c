"""What instructions do to the machine's state, as far as the proof follows it.

An instruction without a rule makes new values of all it writes, and leaves flags of which nothing is known;
so a rule is never needed for safety, only for proofs.
"""

from __future__ import annotations

from collections.abc import Callable

from fpcc.verifier.guard_atoms import AND, SHIFT_RIGHT, SIGN_EXTEND, STACK, Choice, Derivation
from fpcc.verifier.guard_conditions import Comparison, condition_of
from fpcc.verifier.guard_intervals import Interval, width_range
from fpcc.verifier.guard_machine import Machine, stack_offset
from fpcc.verifier.guard_sums import Sum, number
from fpcc.verifier.model import (
    BRANCH,
    CALL,
    JUMP,
    NO_REGISTER,
    NOP,
    POP,
    PUSH,
    RDX,
    RETURN,
    RSP,
    TRAP,
    Imm,
    Instruction,
    Mem,
    Operand,
    Reg,
)

CALLEE_SAVED = (3, 5, 12, 13, 14, 15)  # rbx, rbp, r12 to r15
_CALLER_SAVED = (0, 1, 2, 6, 7, 8, 9, 10, 11)
_WORD = 8
_TOP = Mem(RSP, NO_REGISTER, 1, 0, "", False, _WORD)

Rule = Callable[[Machine, Instruction], None]


def execute(machine: Machine, instruction: Instruction) -> None:
    """Runs one instruction on the state."""
    machine.at, machine.end = instruction.address, instruction.end
    kind = _KINDS.get(instruction.kind)
    rule = kind or _RULES.get(instruction.mnemonic) or _rule_by_family(instruction.mnemonic)
    if _has_16_bit_stack_operand(instruction):
        rule = _unknown
    rule(machine, instruction)


def _has_16_bit_stack_operand(instruction: Instruction) -> bool:
    operands = instruction.operands
    return instruction.kind in (PUSH, POP) and any(isinstance(o, Reg) and o.width != 64 for o in operands)


def width_of(instruction: Instruction) -> int:
    """The operand size in bits: that of the first operand."""
    return operand_width(instruction.operands[0])


def operand_width(operand: Operand) -> int:
    """The size of an operand, in bits."""
    if isinstance(operand, Reg):
        return operand.width
    return operand.size * 8 if isinstance(operand, Mem) else 64


def _unknown(machine: Machine, instruction: Instruction) -> None:
    _write_unknown(machine, instruction)
    machine.flags = None


def _write_unknown(machine: Machine, instruction: Instruction) -> None:
    """New values for all that is written; general registers of 32 bits are zero-extended."""
    for position, operand in enumerate(instruction.operands):
        if "w" in instruction.access[position]:
            width = operand_width(operand)
            range_ = width_range(width if width <= 64 else 64)
            machine.write(operand, machine.made(f"operand{position}", range_))
    for register in instruction.writes:
        machine.registers[register] = machine.made(f"implicit{register}", width_range(64))


def _bit_scan(machine: Machine, instruction: Instruction) -> None:
    _unknown(machine, instruction)
    target = instruction.operands[0]
    if isinstance(target, Reg):  # left as it was if the source is 0, its upper half too
        machine.registers[target.number] = machine.made("scan", width_range(64))


def _count_bits(machine: Machine, instruction: Instruction) -> None:
    machine.write(instruction.operands[0], machine.made("count", (0, width_of(instruction))))
    machine.flags = None


def _move(machine: Machine, instruction: Instruction) -> None:
    target, source = instruction.operands
    machine.write(target, machine.read(source, operand_width(target)))


def _move_zero_extended(machine: Machine, instruction: Instruction) -> None:
    target, source = instruction.operands
    machine.write(target, machine.read(source, operand_width(source)))


def _move_sign_extended(machine: Machine, instruction: Instruction) -> None:
    target, source = instruction.operands
    width = operand_width(source)
    _extend_sign(machine, target, machine.read(source, width), width)


def _extend_sign(machine: Machine, target: Operand, value: Sum, width: int) -> None:
    low, high = machine.atoms.static_range(value)
    if low < 0 or high >= 1 << (width - 1):
        half = 1 << (width - 1)
        value = machine.derived(Derivation(SIGN_EXTEND, (value,), width), (-half, half - 1))
    machine.write(target, machine.low_bits(value, operand_width(target)))


def _extend_accumulator(width: int) -> Rule:
    def rule(machine: Machine, instruction: Instruction) -> None:
        value = machine.low_bits(machine.registers[0], width)
        _extend_sign(machine, Reg(0, 2 * width), value, width)

    return rule


def _load_address(machine: Machine, instruction: Instruction) -> None:
    target, source = instruction.operands
    assert isinstance(source, Mem)
    machine.write(target, machine.low_bits(machine.address(source), operand_width(target)))


def _exchange(machine: Machine, instruction: Instruction) -> None:
    width = width_of(instruction)
    values = [machine.read(operand, width) for operand in instruction.operands]
    for operand, value in zip(instruction.operands, reversed(values), strict=True):
        machine.write(operand, value)


def _sources(machine: Machine, instruction: Instruction) -> tuple[Sum, Sum]:
    """The last two operands, read in the operation's width."""
    width = width_of(instruction)
    left, right = instruction.operands[-2:]
    return machine.read(left, width), machine.read(right, width)


def _compare(machine: Machine, instruction: Instruction) -> None:
    machine.flags = Comparison(*_sources(machine, instruction), width_of(instruction), True)


def _subtract(machine: Machine, instruction: Instruction) -> None:
    left, right = _sources(machine, instruction)
    width = width_of(instruction)
    is_cleared = instruction.operands[0] == instruction.operands[1]
    value = number(0) if is_cleared else machine.low_bits(left.plus(right, -1), width)
    machine.write(instruction.operands[0], value)
    machine.flags = Comparison(left, right, width, True)


def _add(machine: Machine, instruction: Instruction) -> None:
    left, right = _sources(machine, instruction)
    _result(machine, instruction, left.plus(right))


def _add_with_carry(machine: Machine, instruction: Instruction) -> None:
    left, right = _sources(machine, instruction)
    sign = 1 if instruction.mnemonic == "adc" else -1
    value = left.plus(right, sign).plus(machine.made("carry", (0, 1)), sign)
    _result(machine, instruction, value)


def _step(distance: int) -> Rule:
    def rule(machine: Machine, instruction: Instruction) -> None:
        value = machine.read(instruction.operands[0], width_of(instruction))
        _result(machine, instruction, value.shifted(distance))

    return rule


def _result(machine: Machine, instruction: Instruction, value: Sum) -> None:
    """Writes what an operation gives; zero and sign flags are its."""
    width = width_of(instruction)
    value = machine.low_bits(value, width)
    machine.write(instruction.operands[0], value)
    machine.flags = Comparison(value, number(0), width, False)


def _negate(machine: Machine, instruction: Instruction) -> None:
    _result(machine, instruction, machine.read(instruction.operands[0], width_of(instruction)).times(-1))


def _invert(machine: Machine, instruction: Instruction) -> None:
    width = width_of(instruction)
    value = machine.read(instruction.operands[0], width).times(-1).shifted(-1)
    machine.write(instruction.operands[0], machine.low_bits(value, width))


def _multiply(machine: Machine, instruction: Instruction) -> None:
    if len(instruction.operands) == 1:
        _divide_or_multiply(machine, instruction)
        return
    left, right = _sources(machine, instruction)
    product = machine.atoms.product(left, right)
    if product is None:
        product = machine.made("product", width_range(64))
    value = machine.low_bits(product, width_of(instruction))
    machine.write(instruction.operands[0], value)
    machine.flags = None


def _count(machine: Machine, instruction: Instruction) -> int | None:
    """The number of places a shift moves by, None if it is not constant or none."""
    if len(instruction.operands) != 2 or not isinstance(instruction.operands[1], Imm):
        return None
    width = width_of(instruction)
    count = instruction.operands[1].value & (63 if width == 64 else 31)
    return count if 0 < count < width else None


def _shift_left(machine: Machine, instruction: Instruction) -> None:
    count = _count(machine, instruction)
    if count is None:
        _unknown(machine, instruction)
        return
    value = machine.read(instruction.operands[0], width_of(instruction))
    _result(machine, instruction, value.times(1 << count))


def _shift_right(machine: Machine, instruction: Instruction) -> None:
    count, width = _count(machine, instruction), width_of(instruction)
    if count is None:
        _unknown(machine, instruction)
        return
    value = machine.read(instruction.operands[0], width)
    derivation = Derivation(SHIFT_RIGHT, (value,), count)
    _result(machine, instruction, machine.derived(derivation, width_range(width - count)))


def _shift_right_by_register(machine: Machine, instruction: Instruction) -> None:
    width = width_of(instruction)
    value = machine.read(instruction.operands[1], width)
    high = machine.atoms.static_range(value)[1]
    machine.write(instruction.operands[0], machine.made("shifted", (0, min(high, (1 << width) - 1))))


def _and(machine: Machine, instruction: Instruction) -> None:
    value = _bits_in_both(machine, *_sources(machine, instruction), width_of(instruction))
    if instruction.operands[0] == Reg(RSP, 64) and machine.registers[RSP].terms == ((STACK, 1),):
        value = machine.atoms.aligned(instruction.address)
    machine.write(instruction.operands[0], value)
    _bits_flags(machine, instruction, value)


def _bits_in_both(machine: Machine, left: Sum, right: Sum, width: int) -> Sum:
    if left == right:
        return left
    mask, other = (left, right) if not left.terms else (right, left)
    high = min(_unsigned_top(machine, left, width), _unsigned_top(machine, right, width))
    if mask.terms:
        return machine.derived(Derivation(AND, tuple(sorted((left, right))), -1), (0, high))
    bits = mask.constant & ((1 << width) - 1)
    cleared = (1 << width) - bits
    if width == 64 and bits and cleared & (cleared - 1) == 0:
        return other.plus(machine.low_bits(other, cleared.bit_length() - 1), -1)
    if bits & (bits + 1) == 0:
        return machine.low_bits(other, bits.bit_length())
    return machine.derived(Derivation(AND, (other,), bits), (0, high))


def _unsigned_top(machine: Machine, value: Sum, width: int) -> int:
    low, high = machine.atoms.static_range(value)
    return min(high, (1 << width) - 1) if low >= 0 else (1 << width) - 1


def _bits_flags(machine: Machine, instruction: Instruction, value: Sum) -> None:
    """Flags of an operation that clears carry and overflow: those of a comparison with 0."""
    machine.flags = Comparison(value, number(0), width_of(instruction), True)


def _test(machine: Machine, instruction: Instruction) -> None:
    value = _bits_in_both(machine, *_sources(machine, instruction), width_of(instruction))
    _bits_flags(machine, instruction, value)


def _or_xor(machine: Machine, instruction: Instruction) -> None:
    left, right = _sources(machine, instruction)
    width = width_of(instruction)
    tops = [_unsigned_top(machine, value, width) for value in (left, right)]
    value = machine.made("bits", (0, (1 << max(tops).bit_length()) - 1))
    if instruction.mnemonic == "xor" and instruction.operands[0] == instruction.operands[1]:
        value = number(0)
    machine.write(instruction.operands[0], value)
    _bits_flags(machine, instruction, value)


def _set(machine: Machine, instruction: Instruction) -> None:
    machine.write(instruction.operands[0], machine.made("set", (0, 1)))


def _select(machine: Machine, instruction: Instruction) -> None:
    """A conditional move: one of two values, the first if the condition does not hold."""
    width = width_of(instruction)
    old, new = _sources(machine, instruction)
    ranges = [machine.atoms.static_range(value) for value in (old, new)]
    condition = condition_of(instruction.mnemonic)
    known: Interval = width_range(width)
    if all(low >= 0 for low, _ in ranges):
        known = min(r[0] for r in ranges), max(r[1] for r in ranges)
    choice = Choice((old, new), machine.flags, condition)
    value = machine.atoms.selected((machine.at, "select"), choice, known)
    machine.write(instruction.operands[0], value)


def _push(machine: Machine, instruction: Instruction) -> None:
    value = machine.read(instruction.operands[0], 64)
    machine.registers[RSP] = machine.registers[RSP].shifted(-_WORD)
    machine.write(_TOP, value)


def _pop(machine: Machine, instruction: Instruction) -> None:
    value = machine.read(_TOP, 64)
    machine.registers[RSP] = machine.registers[RSP].shifted(_WORD)
    machine.write(instruction.operands[0], value)


def _call(machine: Machine, instruction: Instruction) -> None:
    """The callee keeps rbx, rbp, r12 to r15 and rsp, and what lies above its return address."""
    for register in _CALLER_SAVED:
        machine.registers[register] = machine.made(register, width_range(64))
    machine.flags = None
    depth = stack_offset(machine.registers[RSP])
    for offset in list(machine.slots):
        if depth is None or offset < depth:
            del machine.slots[offset]


def _narrower(machine: Machine, instruction: Instruction) -> None:
    """Takes bits away from its second operand; andn from its third."""
    width = width_of(instruction)
    source = instruction.operands[2 if instruction.mnemonic == "andn" else 1]
    top = _unsigned_top(machine, machine.read(source, width), width)
    machine.write(instruction.operands[0], machine.made("narrower", (0, top)))
    machine.flags = None


def _divide_or_multiply(machine: Machine, instruction: Instruction) -> None:
    """The one-operand forms: what they write of rax and rdx is zero-extended."""
    width = width_of(instruction)
    ranges = dict.fromkeys(instruction.writes, width_range(64 if width < 32 else width))
    if instruction.mnemonic == "div" and width >= 32:
        top = _unsigned_top(machine, machine.read(instruction.operands[0], width), width)
        ranges[RDX] = (0, max(0, top - 1))
    for register, range_ in ranges.items():
        machine.registers[register] = machine.made(f"product{register}", range_)
    machine.flags = None


def _leave_flags(machine: Machine, instruction: Instruction) -> None:
    _write_unknown(machine, instruction)


def _rule_by_family(mnemonic: str) -> Rule:
    if mnemonic.startswith("cmov"):
        return _select
    if mnemonic.startswith("set"):
        return _set
    keeps_flags = mnemonic.startswith("v") and not mnemonic.startswith(_VECTOR_COMPARISONS)
    return _leave_flags if keeps_flags else _unknown


_VECTOR_COMPARISONS = ("vucomi", "vcomi", "vptest", "vtest")
_KINDS: dict[str, Rule] = {
    CALL: _call,
    PUSH: _push,
    POP: _pop,
    **dict.fromkeys((JUMP, BRANCH, RETURN, TRAP, NOP), _leave_flags),
}
_RULES: dict[str, Rule] = {
    "mov": _move,
    "movzx": _move_zero_extended,
    "movsx": _move_sign_extended,
    "movsxd": _move_sign_extended,
    "cbw": _extend_accumulator(8),
    "cwde": _extend_accumulator(16),
    "cdqe": _extend_accumulator(32),
    "lea": _load_address,
    "xchg": _exchange,
    "cmp": _compare,
    "test": _test,
    "sub": _subtract,
    "add": _add,
    "adc": _add_with_carry,
    "sbb": _add_with_carry,
    "inc": _step(1),
    "dec": _step(-1),
    "neg": _negate,
    "not": _invert,
    "imul": _multiply,
    "shl": _shift_left,
    "shr": _shift_right,
    "shrx": _shift_right_by_register,
    "and": _and,
    "or": _or_xor,
    "xor": _or_xor,
    "bsf": _bit_scan,
    "bsr": _bit_scan,
    **dict.fromkeys(("popcnt", "tzcnt", "lzcnt"), _count_bits),
    **dict.fromkeys(("andn", "bzhi", "bextr", "blsr", "blsi"), _narrower),
    **dict.fromkeys(("mul", "div", "idiv"), _divide_or_multiply),
    **dict.fromkeys(
        "shlx sarx rorx mulx pdep pext bswap movbe movnti lfence mfence sfence cwd cdq cqo".split()
        + "prefetchnta prefetcht0 prefetcht1 prefetcht2 prefetchw".split(),
        _leave_flags,
    ),
}
