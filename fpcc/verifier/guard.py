"""Rule "guard": in lowerings `compare` and `mpx`, every access that must be confined is proved to be.

Nothing is mapped in the zone below an arena nor in its upper half, so an access whose bytes all lie from the
one to the other touches the arena or faults. `prove_guards` shows, function by function, that on every path
the address of each access is within these bounds. It rests on the other rules: code is what was decoded,
calls go to functions' starts, every function gives back rsp and the callee-saved registers as it was given
them, and stores known to go to the native stack stay in the function's own frame.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Protocol

from fpcc.abi import abi
from fpcc.verifier.guard_accesses import read_passages
from fpcc.verifier.guard_atoms import ARENA, ARGUMENT, LIMIT, STACK, WINDOW, WINDOW_REACH, Atoms
from fpcc.verifier.guard_blocks import Flow, build_flow, read_code
from fpcc.verifier.guard_flow import ArenaFlow, Confines
from fpcc.verifier.guard_intervals import EVERYTHING
from fpcc.verifier.guard_machine import State
from fpcc.verifier.guard_sums import Sum, of_atom
from fpcc.verifier.guard_values import TooComplexError, Values
from fpcc.verifier.model import RDI, RSP, Instruction, Target


@dataclass(frozen=True, slots=True)
class GuardedCode:
    """What the proof is about; `entries` are the functions the host calls with a pointer into the arena."""

    instructions: tuple[Instruction, ...]
    entries: Set[int]
    starts: Set[int]  # of functions: the entries, all else the host calls, and what calls go to
    variables: Mapping[int, Sum]  # GOT entry -> what the variable of the host holds whose offset it has
    asked: Set[int]  # addresses of the instructions whose accesses have to be proved


@dataclass(frozen=True, slots=True)
class Unproved:
    """An instruction at which the proof fails, and why."""

    instruction: Instruction
    function: int  # where it starts
    message: str


class Spread(Protocol):
    """Proves all functions, in their order; `weights` are about how long each takes."""

    def __call__(
        self, prove: Callable[[Flow], list[Unproved]], flows: Sequence[Flow], weights: Sequence[int], /
    ) -> list[list[Unproved]]: ...


def in_turn(
    prove: Callable[[Flow], list[Unproved]], flows: Sequence[Flow], weights: Sequence[int]
) -> list[list[Unproved]]:
    """One function after the other."""
    return [prove(flow) for flow in flows]


def find_variables(tls_slots: Mapping[int, str]) -> Mapping[int, Sum]:
    """What is held by the host's variables that a module cannot write; `tls_slots` has their GOT entries."""
    held = {
        abi().text("FP_SYM_STACK_LIMIT"): Sum(((ARENA, 1), (LIMIT, 1)), 0),
        abi().text("FP_SYM_WINDOW"): Sum(((ARENA, -1), (WINDOW, -1)), 0),
        abi().text("FP_SYM_WINDOW_REACH"): of_atom(WINDOW_REACH),
    }
    return {slot: held[name] for slot, name in tls_slots.items() if name in held}


def prove_guards(guarded: GuardedCode, spread: Spread = in_turn) -> tuple[Unproved, ...]:
    """All that keeps the code from being proved."""
    code = read_code(guarded.instructions, guarded.starts)
    called = {o.address for i in guarded.instructions for o in i.operands if isinstance(o, Target)}
    found: list[Unproved] = []
    flows: list[Flow] = []
    seen: set[int] = set()
    for start in sorted(code.starts & code.instructions.keys()):
        flow = build_flow(code, start)
        shared = seen.intersection(flow.blocks)
        seen.update(flow.blocks)
        if shared:
            found.append(Unproved(code.instructions[min(shared)], start, "belongs to two functions"))
        else:
            flows.append(flow)
    trusted = guarded.entries - called

    def prove(flow: Flow) -> list[Unproved]:
        return list(prove_function(guarded, flow, flow.entry in trusted))

    unproved = spread(prove, flows, [len(flow.order) for flow in flows])
    return (*found, *itertools.chain.from_iterable(unproved))


def prove_function(guarded: GuardedCode, flow: Flow, trusted: bool) -> Iterator[Unproved]:
    """The failures in one function; `trusted`: its first argument points into the arena."""
    try:
        yield from _prove(guarded, flow, trusted)
    except TooComplexError:
        first = flow.blocks[flow.entry].instructions[0]
        yield Unproved(first, flow.entry, "the function is too complex for the proof")


def _prove(guarded: GuardedCode, flow: Flow, trusted: bool) -> Iterator[Unproved]:
    atoms = Atoms()
    values = Values(flow, atoms, guarded.variables, guarded.asked, _entry_state(atoms, trusted))
    values.solve()
    for access in ArenaFlow(values, read_passages(values), _confines()).unproved():
        if access.instruction.address in guarded.asked:
            message = "this access is not proved to stay in the arena on every path"
            yield Unproved(access.instruction, flow.entry, message)


def _confines() -> Confines:
    number = abi().number
    return Confines(-number("FP_GUARD_ZONE"), number("FP_ARENA_SIZE"), number("FP_ARENA_REACH"))


def _entry_state(atoms: Atoms, trusted: bool) -> State:
    registers = [atoms.made(("entry", register), EVERYTHING) for register in range(16)]
    registers[RSP] = of_atom(STACK)
    if trusted:
        registers[RDI] = Sum(((ARENA, 1), (ARGUMENT, 1)), 0)
    return State(tuple(registers), {}, None)
