"""Which addresses the code around a fault has to do with, as far as they hang on what registers hold there.

Looked at are what must have been executed right before the fault, back to where ways join or a loop turns,
and what could have followed, up to where a loop turns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fpcc.machine_code import REGISTERS, Code, address_of, next_of, read_by, written_by
from fpcc.verifier.model import BRANCH, CALL, JUMP, NOP, RETURN, RIP, TRAP, Instruction, Mem, Reg
from fpcc.verifier.program import branch_target

UNKNOWN = -1  # in place of an address: there was one, but it is not known
_STEPS = 400  # instructions looked at, at most

Values = Mapping[int, int]  # of registers, by their numbers


def find_causes(code: Code, pc: int, values: Values) -> Iterator[int]:
    """Addresses read on the way to what the instruction at `pc` was to use; of a trap, to what led there."""
    for position, _ in _turns(code, pc):
        yield from _trace_back(code, position, values)


def _trace_back(code: Code, position: int, values: Values) -> Iterator[int]:
    """What a branch hangs on has been made by the instruction before it, whose results are there already."""
    at = position - 1 if code.instructions[position].kind == BRANCH else position
    last = code.instructions[at]
    wanted, known = read_by(last), dict(values)
    yield from _accessed(last, known if at == position else _without(known, written_by(last)))
    for instruction in _way_to(code, at):
        written = written_by(instruction)
        known = _without(known, written)
        if not wanted & written:
            continue
        wanted = wanted - written | (frozenset() if instruction.kind == CALL else read_by(instruction))
        yield from _accessed(instruction, known)


def _without(values: Values, numbers: frozenset[int]) -> dict[int, int]:
    return {number: value for number, value in values.items() if number not in numbers}


def find_behind(code: Code, pc: int, values: Values) -> Iterator[int]:
    """Addresses accessed before.

    What was accessed with registers that have got other values since is UNKNOWN, unless the address had been
    read from a place that is known.
    """
    for position, _ in _turns(code, pc):
        yield from _follow_back(code, position, values)


def _follow_back(code: Code, position: int, values: Values) -> Iterator[int]:
    known, lost = dict(values), frozenset[int]()
    for instruction in _way_to(code, position):
        written = written_by(instruction)
        known = _without(known, written)
        yield from _accessed(instruction, known)
        if lost & written and instruction.kind != CALL and not _is_explained(instruction, known):
            yield UNKNOWN
        bases = (memory.base for memory, _ in instruction.memory())
        lost = lost - written | {base for base in bases if base in REGISTERS and base not in known}
    if lost:
        yield UNKNOWN


def find_ahead(code: Code, pc: int, values: Values) -> Iterator[int]:
    """Addresses that would have been accessed next, up to where a loop turns."""
    todo, seen = [(start, dict(values)) for _, start in _turns(code, pc)], set[int]()
    while todo and len(seen) < _STEPS:
        address, known = todo.pop()
        position = code.position.get(address)
        if position is None or address in seen:
            continue
        seen.add(address)
        instruction = code.instructions[position]
        yield from _accessed(instruction, known)
        todo += [(following, _after(instruction, known)) for following in next_of(instruction)]


def _way_to(code: Code, position: int) -> Iterator[Instruction]:
    """What was executed before the instruction, the last first, as far as there is one way only."""
    for at in range(position, max(0, position - _STEPS), -1):
        instruction = code.instructions[at - 1]
        turns = instruction.kind == BRANCH and (branch_target(instruction) or 0) <= instruction.address
        if code.instructions[at].address in code.joins or instruction.kind in (JUMP, RETURN, TRAP) or turns:
            return
        yield instruction


def _turns(code: Code, pc: int) -> Iterator[tuple[int, int]]:
    """Before which instruction, by its position, the fault happened, and where it would have gone on.

    A trap does not go on: then it is where a branch that leads to it leads otherwise.
    """
    at = code.position.get(pc)
    if at is None:
        return
    if code.instructions[at].kind != TRAP:
        yield at, pc
        return
    for position, instruction in enumerate(code.instructions):
        if instruction.kind == BRANCH and branch_target(instruction) == pc:
            yield position, instruction.end
    before = code.instructions[at - 1]
    target = branch_target(before)
    if at and before.kind == BRANCH and target is not None:
        yield at - 1, target


def _is_explained(instruction: Instruction, known: Values) -> bool:
    """Whether the pointer it makes is of a known kind: a variable's, or read from a known place."""
    memory = next((operand for operand in instruction.operands if isinstance(operand, Mem)), None)
    if memory is None:
        return False
    return memory.base == RIP if instruction.mnemonic == "lea" else address_of(memory, known) is not None


def _accessed(instruction: Instruction, known: Values) -> Iterator[int]:
    if instruction.kind != NOP:
        found = (address_of(memory, known) for memory, _ in instruction.memory())
        yield from (address for address in found if address is not None)


def _after(instruction: Instruction, known: Values) -> dict[int, int]:
    """What is known of the registers once it is done: copies, and sums of what is known."""
    left = _without(known, written_by(instruction))
    match instruction.mnemonic, instruction.operands:
        case "mov", (Reg(to, 64), Reg(source, 64)) if source in known:
            left[to] = known[source]
        case "lea", (Reg(to, 64), Mem() as memory):
            address = address_of(memory, known)
            left |= {} if address is None else {to: address}
    return left
