"""How long a frame must be, from each instruction of a program on, for the program to match it.

A load that is not wholly in the frame ends the program without a match, so a frame too short for what every
way to a match loads can be given up at once: one check at the start then serves most loads. Control only
goes forward, so one walk backward finds all there is to know.
"""

from __future__ import annotations

from dataclasses import dataclass

from fpcc.filters.opcodes import ABSOLUTE, HEADER_LENGTH, INDIRECT, RETURN_CONSTANT
from fpcc.filters.program import Instruction, Program

NEVER = 1 << 32  # bytes; more than any frame has: no way leads to a match


@dataclass(frozen=True)
class Lengths:
    """For each instruction, in bytes."""

    needed: tuple[int, ...]  # by every way from here to a match; NEVER if there is none
    checks: tuple[int, ...]  # to be checked right before it, 0 for no check

    @property
    def at_start(self) -> int:
        return self.needed[0]


def find_lengths(program: Program) -> Lengths:
    """Where the length of the frame has to be checked, and for how much: always for all that is needed."""
    needed = _find_needed(program.instructions)
    known: list[int] = [NEVER] * len(needed)  # length known before each instruction, NEVER: not reached
    known[0] = needed[0]
    checks = []
    for at, instruction in enumerate(program.instructions):
        is_reached = known[at] < NEVER and needed[at] < NEVER
        check = needed[at] if is_reached and bytes_loaded(instruction) > known[at] else 0
        checks.append(check)
        for target in instruction.following(at) if is_reached else ():
            known[target] = min(known[target], max(known[at], check))
    return Lengths(needed, tuple(checks))


def bytes_loaded(instruction: Instruction) -> int:
    """The least length of a frame that holds what the instruction loads; X may add to it."""
    if instruction.code == HEADER_LENGTH:
        return instruction.k + 1
    size = ABSOLUTE.get(instruction.code) or INDIRECT.get(instruction.code)
    return instruction.k + size if size else 0


def _find_needed(instructions: tuple[Instruction, ...]) -> tuple[int, ...]:
    needed = [NEVER] * len(instructions)
    for at in range(len(instructions) - 1, -1, -1):
        instruction = instructions[at]
        after = min((needed[target] for target in instruction.following(at)), default=_needed_by(instruction))
        needed[at] = min(max(after, bytes_loaded(instruction)), NEVER)
    return tuple(needed)


def _needed_by(returning: Instruction) -> int:
    """A return of 0 is no match."""
    return NEVER if returning.code == RETURN_CONSTANT and returning.k == 0 else 0
