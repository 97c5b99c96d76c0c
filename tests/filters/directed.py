"""Frames that a program does not throw out at its first test: where it compares, a coin says which way to go,
and the bytes it has loaded are changed so that it does."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from fpcc.filters.opcodes import ABSOLUTE, ARITHMETIC, BRANCHES, HEADER_LENGTH, INDIRECT
from fpcc.filters.program import Instruction, Program
from tests.nfs.random_frames import any_frame

FRAME_MAX = 1900  # bytes that fit into a packet buffer


@dataclass
class Walk:
    """One frame on its way through a program, as far as its comparisons can be steered."""

    frame: bytearray
    random: Random
    x: int = 0
    loaded: tuple[int, int] | None = None  # offset and size of what A holds
    mask: int = 0  # the bits of it that are looked at

    def load(self, offset: int, size: int) -> None:
        missing = offset + size - len(self.frame)
        if 0 < missing <= 64 and self.random.random() < 0.8:
            self.frame += self.random.randbytes(missing)
        self.loaded = (offset, size) if offset + size <= len(self.frame) else None
        self.mask = (1 << 8 * size) - 1

    def step(self, instruction: Instruction) -> None:
        """Follows loads of the frame; arithmetic with a constant leaves A what it is, nearly."""
        if instruction.code in ABSOLUTE:
            self.load(instruction.k, ABSOLUTE[instruction.code])
        elif instruction.code in INDIRECT:
            self.load(self.x + instruction.k, INDIRECT[instruction.code])
        elif instruction.code == HEADER_LENGTH and instruction.k < len(self.frame):
            self.x = 4 * (self.frame[instruction.k] & 15)
        elif instruction.code not in ARITHMETIC or ARITHMETIC[instruction.code].by_x:
            self.loaded = None
        elif ARITHMETIC[instruction.code].operator == "&":
            self.mask &= instruction.k

    def decide(self, k: int) -> bool:
        """Whether the branch is to be taken, and the bytes changed to k, or not k, if it can be."""
        taken = self.random.random() < 0.6
        if self.loaded:
            offset, size = self.loaded
            value = k if taken else self.random.choice((k + 1, k - 1, self.random.getrandbits(8 * size)))
            before = int.from_bytes(self.frame[offset : offset + size])
            after = before & ~self.mask | value & self.mask
            self.frame[offset : offset + size] = after.to_bytes(size)
        return taken


def directed_frame(program: Program, random: Random) -> bytes:
    """Some frame, bent to go a random way through the program."""
    walk, at = Walk(bytearray(any_frame(random)), random), 0
    while following := program.instructions[at].following(at):
        instruction = program.instructions[at]
        if instruction.code in BRANCHES:
            at = following[0 if walk.decide(instruction.k) else 1]
        else:
            walk.step(instruction)
            at = following[0]
    return bytes(walk.frame[:FRAME_MAX])


def frames_for(programs: list[Program], random: Random, count: int) -> list[bytes]:
    """`count` frames for each program, and as many of any kind; one is empty."""
    anything = [any_frame(random)[:FRAME_MAX] for _ in range(count)]
    return [b"", *anything, *(directed_frame(p, random) for p in programs for _ in range(count))]
