"""What one instruction does to a FrameState. The rules look at the state before each step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fpcc.abi import abi
from fpcc.verifier.frame_state import RED_ZONE, WORD, FrameState
from fpcc.verifier.frame_values import (
    ALIGNED,
    CALLER_SAVED,
    EVEN,
    LEFT,
    ODD,
    PLAIN,
    TLS_LIMIT,
    TLS_POINTER,
    WHOLE,
    address,
    defined_bits,
    is_address,
    narrowed,
    offset_of,
    with_bits,
)
from fpcc.verifier.model import POP, PUSH, RAX, RDX, RIP, RSP, Imm, Instruction, Mem, Operand, Reg

_WORD_BITS = 64
_ALIGNMENT_MAX = 4096
MASKED_MOVES = ("vmaskmov", "vpmaskmov")

# Each low bit of the result depends on no higher bits of the operands.
LOW_BITS = frozenset("add sub and or xor imul neg not inc dec lea cmp test sbb adc".split())
# They set flags by their operands, which are the module's own; shifts only if they shift at all.
_SHIFTS = ("shl", "shr", "sar", "shld", "shrd")
_SET_FLAGS = frozenset(
    "ucomiss ucomisd comiss comisd vucomiss vucomisd vcomiss vcomisd ptest vptest vtestps vtestpd "
    "mul bt bts btr btc popcnt tzcnt lzcnt bsf bsr andn bzhi bextr blsr blsmsk blsi "
    "cmpxchg cmpxchg8b cmpxchg16b xadd clc stc".split()
)
_KEEP_FLAGS = ("inc", "dec", "not", "sbb", "adc")  # leave some as they were, or depend on them
_FROM_NOTHING = ("xor", "sub", "sbb")  # of a register with itself: what was in it does not matter

TlsSlots = Mapping[int, str]


def step(state: FrameState, instruction: Instruction, tls_slots: TlsSlots) -> None:
    """Applies anything but a branch, call or return."""
    handler = _KINDS.get(instruction.kind)
    if handler is not None:
        handler(state, instruction)
    elif writes_stack_pointer(instruction):
        _move_stack_pointer(state, instruction)
    elif instruction.mnemonic == "mov":
        _copy(state, instruction, tls_slots)
    elif instruction.mnemonic in LOW_BITS:
        _compute(state, instruction)
    else:
        _write_results(state, instruction)


def apply_call(state: FrameState, returned: tuple[int, int]) -> None:
    """Applies a call whose rax and rdx are as given when it returns."""
    depth = state.depth
    assert depth is not None
    state.touched = min(state.touched, depth - WORD)
    state.forget(depth - RED_ZONE, depth)
    for number in CALLER_SAVED:
        state.registers[number] = LEFT
    state.registers[RAX], state.registers[RDX] = returned
    state.flags_left = True


def _push(state: FrameState, instruction: Instruction) -> None:
    value = _read(state, instruction.operands[0])
    depth = state.depth
    assert depth is not None
    state.move_to(depth - WORD)
    state.store(depth - WORD, WORD, value)


def _pop(state: FrameState, instruction: Instruction) -> None:
    depth = state.depth
    assert depth is not None
    _, value = state.load(depth, WORD)
    state.move_to(depth + WORD)
    if writes_stack_pointer(instruction):
        value = PLAIN
    _write(state, instruction.operands[0], value)


_KINDS: dict[str, Callable[[FrameState, Instruction], None]] = {PUSH: _push, POP: _pop}


def moves_stack_pointer(instruction: Instruction) -> bool:
    """True if rsp is another one after it, calls and returns aside."""
    return instruction.kind in _KINDS or writes_stack_pointer(instruction)


def writes_stack_pointer(instruction: Instruction) -> bool:
    """True if rsp, or a part of it, is an operand it writes."""
    for operand, access in zip(instruction.operands, instruction.access, strict=True):
        if isinstance(operand, Reg) and operand.number == RSP and "w" in access and not operand.high:
            return True
    return RSP in instruction.writes


def _move_stack_pointer(state: FrameState, instruction: Instruction) -> None:
    """Follows rsp through constants; anything else loses it."""
    if _rounds_down(state, instruction):
        return
    depth = _new_depth(state, instruction)
    if depth is None or (depth <= ALIGNED and not state.floor):
        _write_results(state, instruction)
        state.registers[RSP] = PLAIN
    else:
        state.move_to(depth)


def _new_depth(state: FrameState, instruction: Instruction) -> int | None:
    target, *sources = instruction.operands
    depth = state.depth
    if len(sources) != 1 or not isinstance(target, Reg) or target.width != _WORD_BITS or depth is None:
        return None
    match instruction.mnemonic, sources[0]:
        case "sub", Imm(value):
            return depth - value
        case "add", Imm(value):
            return depth + value
        case "mov", Reg(number) if is_address(state.registers[number]):
            return offset_of(state.registers[number])
        case "lea", Mem() as memory:
            return state.native_offset(memory)
    return None


def _rounds_down(state: FrameState, instruction: Instruction) -> bool:
    """True if this was an `and` that rounds rsp down, and it was done: once, by a power of two."""
    match instruction.mnemonic, instruction.operands:
        case "and", (Reg(_, 64), Imm(value)) if not state.rounded and state.depth:
            alignment = -value
            if WORD < alignment <= _ALIGNMENT_MAX and not alignment & (alignment - 1):
                state.round_down(alignment)
                return True
    return False


def _copy(state: FrameState, instruction: Instruction, tls_slots: TlsSlots) -> None:
    target, source = instruction.operands
    if isinstance(source, Mem) and source.base == RIP:
        _write(state, target, _tls_value(instruction, source, tls_slots))
    else:
        _write(state, target, _read(state, source))


def _tls_value(instruction: Instruction, memory: Mem, tls_slots: TlsSlots) -> int:
    name = tls_slots.get(instruction.end + memory.disp)
    if name is None or memory.size != WORD or memory.segment:
        return PLAIN
    return TLS_POINTER if name == abi().text("FP_SYM_STACK_POINTER") else TLS_LIMIT


def _read(state: FrameState, operand: Operand) -> int:
    """The value a whole word has; of less than one only how much of it the module may look at."""
    if isinstance(operand, Reg):
        value = state.registers[operand.number]
        if operand.width == _WORD_BITS:
            return value
        if operand.width == 32:
            return narrowed(value)
        return PLAIN if bits_read(operand) <= defined_bits(value) else with_bits(defined_bits(value))
    if isinstance(operand, Mem) and operand.size:
        offset = state.native_offset(operand)
        value = PLAIN if offset is None or operand.size > WORD else state.load(offset, operand.size)[1]
        return value if operand.size == WORD else PLAIN
    return PLAIN


def _write(state: FrameState, operand: Operand, value: int) -> None:
    if isinstance(operand, Reg):
        state.registers[operand.number] = _after_write(state.registers[operand.number], operand, value)
    elif isinstance(operand, Mem) and operand.size:
        offset = state.native_offset(operand)
        if offset is not None:
            state.store(offset, operand.size, value)


def _after_write(old: int, register: Reg, value: int) -> int:
    """A write of 32 bits clears the rest, one of 8 or 16 keeps it."""
    if register.width == _WORD_BITS:
        return value
    if register.width == 32:
        return narrowed(value)
    if defined_bits(value) < register.width:
        return with_bits(min(defined_bits(value), defined_bits(old)))
    if defined_bits(old) == WHOLE:
        return PLAIN
    if register.high:
        return with_bits(16) if defined_bits(old) == 8 else with_bits(defined_bits(old))
    return with_bits(max(defined_bits(old), register.width))


def _compute(state: FrameState, instruction: Instruction) -> None:
    """Arithmetic whose low bits depend on low bits only: of what was left, the result tells in the others."""
    target = instruction.operands[0]
    offset = None
    if instruction.mnemonic == "lea":
        memory = instruction.operands[1]
        assert isinstance(memory, Mem)
        offset = state.native_offset(memory)
        bits = min(
            [defined_bits(state.registers[n]) for n in (memory.base, memory.index) if n >= 0] or [WHOLE]
        )
    else:
        used = zip(instruction.operands, instruction.access, strict=True)
        bits = min(defined_bits(_read(state, operand)) for operand, access in used if "r" in access)
        left = bits < implicit_width(instruction) and not clears(instruction)
        state.flags_left = left or (state.flags_left and instruction.mnemonic in _KEEP_FLAGS)
    if offset is not None:
        _write(state, target, address(offset))
    elif "w" in instruction.access[0] and isinstance(target, Reg) and not clears(instruction):
        _write(state, target, with_bits(bits) if bits < WHOLE else _lowest_bit(state, instruction))
    else:
        _write_results(state, instruction)


def _lowest_bit(state: FrameState, instruction: Instruction) -> int:
    """PLAIN, or ODD or EVEN if the result of arithmetic is known to be."""
    match instruction.mnemonic, instruction.operands:
        case "or", (_, Imm(value)) if value & 1:
            return ODD
        case "and", (_, Imm(value)) if not value & 1:
            return EVEN
        case "add", (Reg(number), Imm(value)) if value & 1 and state.registers[number] == EVEN:
            return ODD
        case "inc", (Reg(number),) if state.registers[number] == EVEN:
            return ODD
        case "lea", (_, Mem(base=base, index=-1, disp=disp)) if base >= 0 and disp & 1:
            return ODD if state.registers[base] == EVEN else PLAIN
    return PLAIN


def _write_results(state: FrameState, instruction: Instruction) -> None:
    """Every other instruction makes plain data of what it writes."""
    certain = not instruction.mnemonic.startswith(MASKED_MOVES)
    state.flags_left = state.flags_left and not _sets_flags(instruction)
    for operand, access in zip(instruction.operands, instruction.access, strict=True):
        if isinstance(operand, Mem) and access == "r":
            _read(state, operand)
        elif "w" in access and certain:
            _write(state, operand, PLAIN)
        elif "w" in access and isinstance(operand, Mem):
            _spoil(state, operand)
    for number in instruction.writes:
        implicit = Reg(number, implicit_width(instruction))
        state.registers[number] = _after_write(state.registers[number], implicit, PLAIN)


def bits_read(register: Reg) -> int:
    """The low bits of the whole register that an operand shows."""
    return 16 if register.high else register.width


def clears(instruction: Instruction) -> bool:
    """True if its result is the same whatever its operands hold."""
    operands = instruction.operands
    return instruction.mnemonic in _FROM_NOTHING and len(operands) == 2 and operands[0] == operands[1]


def implicit_width(instruction: Instruction) -> int:
    """How much of its implicit registers an instruction uses: as much as its operand has."""
    match instruction.operands:
        case (Reg(_, width), *_):
            return width
        case (Mem(size=size), *_):
            return min(size * 8, _WORD_BITS)
    return 16 if instruction.mnemonic in ("cbw", "cwd") else _WORD_BITS


def _sets_flags(instruction: Instruction) -> bool:
    if instruction.mnemonic not in _SHIFTS:
        return instruction.mnemonic in _SET_FLAGS
    count = instruction.operands[-1]
    return isinstance(count, Imm) and count.value % max(implicit_width(instruction), 32) != 0


def _spoil(state: FrameState, memory: Mem) -> None:
    """Bytes that may have been written: what was there is not known any more."""
    offset = state.native_offset(memory)
    if offset is not None:
        state.forget(offset, offset + memory.size)
