"""Who called whom on the way to a fault: return addresses among the words the host found on the native stack.

Any word may be stale, or the module's own forgery. One counts as a return address only where that of the
function it returns from must be: the verifier's flow of that function says how far from there the stack
pointer is at the instruction at hand. So what is found holds for every module that verifies; a chain ends
where nothing fits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fpcc.line_table import find_functions
from fpcc.tail_calls import find_tail_calls
from fpcc.verifier.elf_file import ImageError
from fpcc.verifier.frame_flow import FrameFlow, follow_function
from fpcc.verifier.frame_words import WORD
from fpcc.verifier.image import read_image
from fpcc.verifier.model import CALL, Instruction
from fpcc.verifier.program import Program, branch_target, decode_program


@dataclass(frozen=True)
class CallChain:
    """Where the fault happened, and where each function on the way there was called: innermost first."""

    addresses: tuple[int, ...] = ()  # of instructions
    complete: bool = True  # the last is in the entry point; True as well if nothing is known of the stack


@dataclass(frozen=True, slots=True)
class _Spot:
    """An instruction of a function that has not returned, and where the stack pointer is before it."""

    address: int
    stack: int  # as an offset from the stack pointer of the fault


@dataclass(frozen=True)
class _Unwinder:
    program: Program
    functions: frozenset[int]  # where they start, stubs of imports among them
    words: Mapping[int, int]  # by offset from the stack pointer of the fault, lowest first
    calls: Mapping[int, tuple[Instruction, int]]  # with whom they call, by the address they return to
    flows: dict[int, FrameFlow] = field(default_factory=dict)  # by function

    def unwind(self, pc: int, entry: int, size: int) -> CallChain:
        """`size` is the offset of the return address of the entry point."""
        spot, addresses = self._start(pc)
        while found := self._find_return(spot):
            offset, (call, callee) = found
            addresses += [*self._jumps(callee, spot.address), call.address]
            spot = _Spot(call.address, offset + WORD)
        complete = self._return_slot(entry, spot) == size
        if complete:
            addresses += self._jumps(entry, spot.address)
        return CallChain(tuple(addresses), complete)

    def _start(self, pc: int) -> tuple[_Spot, list[int]]:
        """Of a fault in the host, `pc` is the last byte of the call that led there, if only by a jump."""
        if pc + 1 not in self.calls:
            return _Spot(pc, 0), [pc]
        call, callee = self.calls[pc + 1]
        jumps = find_tail_calls(self._flow(callee), self.functions, frozenset(self.program.stubs))
        return _Spot(call.address, 0), [*jumps, call.address]

    def _find_return(self, spot: _Spot) -> tuple[int, tuple[Instruction, int]] | None:
        """The word that is a return address where there must be one, and the call before it."""
        for offset, value in self.words.items():
            if offset < spot.stack or value not in self.calls:
                continue
            if self._return_slot(self.calls[value][1], spot) == offset:
                return offset, self.calls[value]
        return None

    def _return_slot(self, function: int, spot: _Spot) -> int | None:
        """Where the return address of a function is that has come to this spot; None if it never does."""
        state = self._flow(function).state_at(spot.address)
        if state is None or state.depth is None or state.floor:  # aligned frames, which fpcc does not make
            return None
        return spot.stack - state.depth

    def _jumps(self, function: int, address: int) -> list[int]:
        """By which jumps in place of calls a function came to an address of another one."""
        own = max((start for start in self.functions if start <= address), default=function)
        return find_tail_calls(self._flow(function), self.functions, frozenset({own}))

    def _flow(self, function: int) -> FrameFlow:
        if function not in self.flows:
            self.flows[function] = follow_function(self.program, function)
        return self.flows[function]


def find_chain(module: bytes, event: Mapping[str, Any]) -> CallChain:
    """The chain of the event's program counter; that alone, if nothing can be said of the module's stack."""
    pc, stack = event.get("pc"), event.get("stack")
    if not isinstance(pc, int):
        return CallChain()
    if not isinstance(stack, Mapping):
        return CallChain((pc,))
    try:
        program, _ = decode_program(read_image(module))
    except ImageError:
        return CallChain((pc,))
    entry = program.image.entries.get(str(event.get("call")), 0)
    words = {offset: address for offset, address in stack["words"]}
    calls = {i.end: (i, t) for i in program.instructions if i.kind == CALL and (t := branch_target(i))}
    functions = program.functions | program.stubs.keys() | find_functions(module)
    return _Unwinder(program, functions, words, calls).unwind(pc, entry, int(stack["size"]))
