"""A module with one guard less, weaker or elsewhere is refused, whichever guard it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest

from fpcc.abi import abi
from fpcc.verifier.code_rules import check_code
from fpcc.verifier.guard import GuardedCode, Unproved, prove_function
from fpcc.verifier.guard_blocks import Flow, build_flow, read_code
from fpcc.verifier.image import read_image
from fpcc.verifier.model import BRANCH, JUMP, NOP, TRAP, Imm, Instruction, Reg, Target
from fpcc.verifier.program import decode_program
from fpcc.verifier.verify import guarded_code
from passes.lower.compare import find_regions


@dataclass(frozen=True)
class Guard:
    """A comparison and the branch to a trap after it, in the function that starts at `function`."""

    function: int
    compare: Instruction
    branch: Instruction


Mutant = dict[int, Instruction]  # what stands at these addresses instead


def without_branch(guard: Guard) -> Mutant:
    return {guard.branch.address: replace(guard.branch, kind=NOP, mnemonic="nop", operands=(), access=())}


def inverted(guard: Guard) -> Mutant:
    return {guard.branch.address: replace(guard.branch, mnemonic="jbe")}


def always_taken(guard: Guard) -> Mutant:
    """Into the trap: what comes after is never reached, which is safe."""
    return {guard.branch.address: replace(guard.branch, kind=JUMP, mnemonic="jmp")}


def signed(guard: Guard) -> Mutant:
    return {guard.branch.address: replace(guard.branch, mnemonic="jg")}


def of_the_whole_arena(guard: Guard) -> Mutant:
    """Twice the reach is still in the arena, but what is near it is not."""
    return _compared_with(guard, 4 * abi().number("FP_ARENA_SIZE"))


def of_nothing(guard: Guard) -> Mutant:
    return _compared_with(guard, -1)


def _compared_with(guard: Guard, value: int) -> Mutant:
    compare = guard.compare
    return {compare.address: replace(compare, operands=(compare.operands[0], Imm(value)))}


WEAKENED: tuple[Callable[[Guard], Mutant], ...] = (inverted, signed, of_the_whole_arena)


@pytest.fixture(scope="module")
def code(module: bytes) -> GuardedCode:
    program, _ = decode_program(read_image(module))
    return guarded_code(check_code(program))


@pytest.fixture(scope="module")
def guards(code: GuardedCode) -> list[Guard]:
    """The guards that something rests on: without them, their function is refused."""
    return [
        guard for guard in _find_guards(code) if list(_prove(code, guard.function, without_branch(guard)))
    ]


def test_most_guards_are_needed(code: GuardedCode, guards: list[Guard]) -> None:
    assert len(guards) > 0.9 * len(list(_find_guards(code)))


def test_a_guard_of_nothing_is_refused(code: GuardedCode, guards: list[Guard]) -> None:
    assert [g for g in guards if not list(_prove(code, g.function, of_nothing(g)))] == []


@pytest.mark.parametrize("weakened", WEAKENED)
def test_a_weakened_guard_is_refused(
    code: GuardedCode, guards: list[Guard], weakened: Callable[[Guard], Mutant]
) -> None:
    """But for a few addresses of which more is known, like that they do not lie below the arena."""
    accepted = [g for g in guards if not list(_prove(code, g.function, weakened(g)))]
    assert len(accepted) < 0.05 * len(guards)


def test_a_guard_that_never_lets_pass_is_none_the_worse(code: GuardedCode, guards: list[Guard]) -> None:
    refused = [g for g in guards if list(_prove(code, g.function, always_taken(g)))]
    assert refused == []


def _find_guards(code: GuardedCode) -> Iterator[Guard]:
    by_address = {instruction.address: instruction for instruction in code.instructions}
    reaches = {last - first for first, last in find_regions(abi().numbers).values()}
    blocks = [(s, block) for s in sorted(code.starts) for block in _flow(code, s, {}).blocks.values()]
    for start, block in blocks:
        branch = block.instructions[-1]
        targets = [by_address.get(o.address) for o in branch.operands if isinstance(o, Target)]
        compares = [i for i in block.instructions if _is_guards(i, reaches)]
        if branch.kind == BRANCH and any(t is not None and t.kind == TRAP for t in targets) and compares:
            yield Guard(start, compares[-1], branch)


def _is_guards(compare: Instruction, reaches: set[int]) -> bool:
    """Of a region that is where it is for ever, or of the packets of the batch."""
    if compare.mnemonic != "cmp":
        return False
    limit = compare.operands[1]
    return limit.value in reaches if isinstance(limit, Imm) else isinstance(limit, Reg) and limit.width == 64


def _prove(code: GuardedCode, function: int, mutant: Mutant) -> Iterator[Unproved]:
    return prove_function(code, _flow(code, function, mutant), function in code.entries)


def _flow(code: GuardedCode, function: int, mutant: Mutant) -> Flow:
    instructions = tuple(mutant.get(i.address, i) for i in code.instructions)
    return build_flow(read_code(instructions, code.starts), function)
