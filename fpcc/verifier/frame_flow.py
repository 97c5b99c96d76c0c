"""Follows every path of a program: the FrameState at each place where paths meet.

Forward, from the start of every function, until nothing changes; functions tell each other only what a caller
leaves in argument registers and a callee in those of results. A bound on visits keeps it linear: code that
would need more is refused.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from fpcc.verifier.frame_state import FrameState, entry_state, merge
from fpcc.verifier.frame_steps import Returned, apply_call, step
from fpcc.verifier.frame_values import CALLER_SAVED, LEFT, PLAIN, as_passed
from fpcc.verifier.model import BRANCH, CALL, JUMP, RAX, RDX, RETURN, TRAP, Instruction
from fpcc.verifier.program import Program, branch_target

_VISITS_PER_BLOCK = 24
_LEAD_AWAY = (BRANCH, CALL, JUMP, RETURN)
_ROUNDS = 8  # of finding functions that are only jumped to

AFTER_IMPORT = Returned(PLAIN, LEFT, 0, 0)


@dataclass(slots=True)
class FrameFlow:
    """The analysis while it runs, and its result: `states` by address, `conflicts` by address."""

    program: Program
    leaders: frozenset[int]
    states: dict[int, FrameState] = field(default_factory=dict)
    conflicts: dict[int, str] = field(default_factory=dict)
    returned: dict[int, Returned] = field(default_factory=dict)  # by function
    users: dict[int, set[int]] = field(default_factory=dict)  # function -> blocks that call it
    pending: list[int] = field(default_factory=list)  # a heap, because most paths lead upwards
    queued: set[int] = field(default_factory=set)
    shared: set[int] = field(default_factory=set)  # reached from two functions that had given up their frames

    def walk(self, leader: int) -> Iterator[tuple[Instruction, FrameState]]:
        """Each instruction of a block with the state before it; nothing is merged anywhere."""
        state: FrameState | None = self.states[leader].copy()
        address = leader
        while state is not None and (instruction := self.program.at(address)):
            yield instruction, state
            address = instruction.end
            if not _continues(instruction) or address in self.leaders:
                return
            state = self._after(state, instruction, leader)

    def run(self) -> None:
        """Fills in `states` and `conflicts`."""
        hosts = set(self.program.image.entries.values())
        for function in sorted(hosts & self.program.functions):
            self._reach(function, entry_state(function, True))
        self._settle()

    def run_alone(self, function: int) -> None:
        """The same from the start of one function."""
        self._reach(function, entry_state(function, False))
        self._settle()

    def state_at(self, address: int) -> FrameState | None:
        """The state before the instruction at `address`; None if nothing leads there."""
        leader = max((start for start in self.states if start <= address), default=address)
        walked = self.walk(leader) if leader in self.states else iter(())
        return next((state for instruction, state in walked if instruction.address == address), None)

    def _settle(self) -> None:
        visits = _VISITS_PER_BLOCK * (len(self.leaders) + 1)
        while self.pending and visits:
            visits -= 1
            leader = heapq.heappop(self.pending)
            self.queued.discard(leader)
            self._visit(leader)
        if self.pending:
            self.conflicts[self.pending[0]] = "the code is too entangled to be followed"

    def after_call(self, function: int | None) -> Returned:
        """What a call of a function returns; None is an import."""
        return AFTER_IMPORT if function is None else self.returned.get(function, Returned())

    def _visit(self, leader: int) -> None:
        state: FrameState | None = self.states[leader].copy()
        address = leader
        while state is not None and (instruction := self.program.at(address)):
            address = instruction.end
            self._branch(state, instruction, leader)
            if not _continues(instruction):
                return
            state = self._after(state, instruction, leader)
            if state is not None and address in self.leaders:
                self._join(address, state)
                return

    def _branch(self, state: FrameState, instruction: Instruction, leader: int) -> None:
        """Tells the places an instruction leads to, other than the next one."""
        if instruction.kind not in _LEAD_AWAY:
            return
        target = branch_target(instruction)
        if instruction.kind == RETURN:
            results = as_passed(state.registers[RAX]), as_passed(state.registers[RDX])
            self._return(state, Returned(*results, *state.vectors[:2]))
        elif instruction.kind == CALL and target is not None:
            self._call(state, target, leader)
        elif instruction.kind == JUMP and (target is None or target in self.program.stubs):
            self._return(state, AFTER_IMPORT)
        elif target is not None and target in self.program.functions:
            self._call(state, target, leader)
            self._return(state, self.after_call(target))
        elif target is not None:
            self._join(target, state)

    def _after(self, state: FrameState, instruction: Instruction, leader: int) -> FrameState | None:
        """The state where control goes on; None if it is lost."""
        if instruction.kind == CALL:
            target = branch_target(instruction)
            apply_call(state, self.after_call(None if target in self.program.stubs else target))
        elif instruction.kind != BRANCH:
            step(state, instruction, self.program.image.tls_slots)
        return state if state.depth is not None else None

    def _call(self, state: FrameState, target: int, leader: int) -> None:
        if target not in self.program.functions:
            return
        self.users.setdefault(target, set()).add(leader)
        entry = entry_state(target, False)
        for number in CALLER_SAVED:
            entry.registers[number] = as_passed(state.registers[number])
        entry.vectors = state.vectors.copy()
        self._reach(target, entry)

    def _return(self, state: FrameState, values: Returned) -> None:
        old = self.returned.get(state.function)
        new = values if old is None else old.joined(values)
        if new == old:
            return
        self.returned[state.function] = new
        for user in self.users.get(state.function, ()):
            self._queue(user)

    def _queue(self, leader: int) -> None:
        if leader not in self.queued:
            self.queued.add(leader)
            heapq.heappush(self.pending, leader)

    def _join(self, address: int, state: FrameState) -> None:
        """Control goes on at `address` within a function; into another one is the stack rule's affair."""
        if address not in self.program.functions:
            self._reach(address, state)

    def _reach(self, address: int, state: FrameState) -> None:
        known = self.states.get(address)
        merged = state if known is None else merge(known, state)
        if merged is None and known is not None and _is_tail_call(known, state):
            self.shared.add(address)
        elif merged is None:
            self.conflicts.setdefault(address, "paths meet here with different stack frames")
        elif merged != known:
            self.states[address] = merged.copy() if merged is state else merged
            self._queue(address)


def follow_frames(program: Program) -> FrameFlow:
    """The solved flow of a program.

    Functions that are only ever jumped to are found on the way: two functions lead there with nothing on the
    stack. `flow.program` has them among its functions.
    """
    leaders = _jump_targets(program)
    for _ in range(_ROUNDS):
        flow = FrameFlow(program, leaders | program.functions)
        flow.run()
        if not flow.shared:
            return flow
        program = replace(program, functions=program.functions | flow.shared)
    flow.conflicts.update((address, "belongs to two functions") for address in flow.shared)
    return flow


def follow_function(program: Program, function: int) -> FrameFlow:
    """The solved flow of one function alone, and of what it jumps to, functions and stubs included.

    Of calls nothing is known but that they return.
    """
    alone = replace(program, functions=frozenset({function}), stubs={})
    flow = FrameFlow(alone, _jump_targets(program) | alone.functions)
    flow.run_alone(function)
    return flow


def _jump_targets(program: Program) -> frozenset[int]:
    targets = {branch_target(i) for i in program.instructions if i.kind in (JUMP, BRANCH)}
    return frozenset(target for target in targets if target is not None)


def _is_tail_call(one: FrameState, other: FrameState) -> bool:
    return one.function != other.function and one.is_restored() and other.is_restored()


def _continues(instruction: Instruction) -> bool:
    return instruction.kind not in (JUMP, RETURN, TRAP)
