"""Whatever the guard rule proves of random functions holds when they run on hostile values."""

from __future__ import annotations

import random
import struct
from dataclasses import dataclass, field

import pytest
from unicorn import (
    UC_ARCH_X86,
    UC_HOOK_MEM_READ,
    UC_HOOK_MEM_UNMAPPED,
    UC_HOOK_MEM_WRITE,
    UC_MODE_64,
    UC_PROT_EXEC,
    UC_PROT_READ,
    Uc,
    UcError,
)
from unicorn import x86_const as x86

from fpcc.abi import abi
from fpcc.verifier.guard import GuardedCode, prove_guards
from fpcc.verifier.model import RIP, RSP, Instruction
from tests.verifier.guard_loops import TEXT, random_functions

SEEDS, FUNCTIONS, RUNS = range(3), 60, 6
_BASE, _STACK, _PAGE = 0x7_0000_0000, 0x7FFF_0000_0000, 0x1000
_MOST_STEPS = 200


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_proved_stays_in_the_arena(seed: int) -> None:
    text, instructions, starts = random_functions(seed, FUNCTIONS)
    asked = frozenset(i.address for i in instructions if _is_asked(i))
    code = GuardedCode(instructions, starts, starts, {}, asked)
    proved = asked - {unproved.instruction.address for unproved in prove_guards(code)}
    assert len(proved) > len(asked) / 3, "too little is proved to show anything"
    assert _escapes(Run(text, proved, asked, random.Random(seed)), starts) == []
    assert _escapes(Run(text, asked, asked, random.Random(seed)), starts), "no run is hostile enough"


def _escapes(run: Run, starts: frozenset[int]) -> list[str]:
    for start in sorted(starts) * RUNS:
        run.go(start)
    return run.escapes


def _is_asked(instruction: Instruction) -> bool:
    return any(memory.base not in (RIP, RSP) for memory, _ in instruction.memory())


@dataclass
class Run:
    """One run of a function; pages of the arena's lower half appear when they are touched."""

    text: bytes
    proved: frozenset[int]
    asked: frozenset[int]
    chance: random.Random
    escapes: list[str] = field(default_factory=list)

    def go(self, start: int) -> None:
        """Runs the function until it returns, traps, faults, or has gone on for long."""
        processor = Uc(UC_ARCH_X86, UC_MODE_64)
        processor.mem_map(_STACK, 4 * _PAGE)
        rights = UC_PROT_READ | UC_PROT_EXEC
        processor.mem_map(_BASE + TEXT, -(-len(self.text) // _PAGE) * _PAGE, rights)
        processor.mem_write(_BASE + TEXT, self.text)
        processor.hook_add(UC_HOOK_MEM_READ | UC_HOOK_MEM_WRITE, self._look)
        processor.hook_add(UC_HOOK_MEM_UNMAPPED, self._provide)
        processor.reg_write(x86.UC_X86_REG_RSP, _STACK + 2 * _PAGE)
        processor.reg_write(x86.UC_X86_REG_RDI, _BASE + self.chance.choice((0x58000000, 0x100000)))
        try:
            processor.emu_start(_BASE + start, 0, count=_MOST_STEPS)
        except UcError:
            return  # a trap, a fault, or the return

    def _look(self, processor: Uc, _: int, address: int, size: int, *__: object) -> None:
        self._judge(processor, address, size)

    def _provide(self, processor: Uc, _: int, address: int, size: int, *__: object) -> bool:
        if not self._judge(processor, address, size):
            return False
        for page in {address & -_PAGE, (address + size - 1) & -_PAGE}:
            if not any(low <= page <= high for low, high, _ in processor.mem_regions()):
                processor.mem_map(page, _PAGE)
                words = [self._word() for _ in range(_PAGE // 8)]
                processor.mem_write(page, struct.pack(f"<{len(words)}Q", *words))
        return True

    def _judge(self, processor: Uc, address: int, size: int) -> bool:
        """Whether the access goes to what may be mapped; notes proved ones outside of the arena."""
        at = processor.reg_read(x86.UC_X86_REG_RIP) - _BASE
        if at not in self.asked:
            return True
        distance = address - _BASE
        number = abi().number
        end = distance + size - 1
        if at in self.proved and not -number("FP_GUARD_ZONE") <= distance <= end < number("FP_ARENA_SIZE"):
            self.escapes.append(f"{at:#x} touches {size} bytes at base {distance:+#x}")
        may_be_mapped = distance >= 0 and end <= number("FP_ARENA_REACH")
        if not may_be_mapped:
            processor.emu_stop()
        return may_be_mapped

    def _word(self) -> int:
        """A value that a hostile module might have put there."""
        kind = self.chance.randrange(6)
        if kind == 0:
            return self.chance.getrandbits(64)
        if kind == 1:
            return self.chance.randrange(300)
        if kind == 2:
            return self.chance.choice((1 << 31, (1 << 32) - 1, 1 << 32, 1 << 63, (1 << 64) - 1, 1 << 16))
        near = self.chance.choice((0, 0, 0, 1 << 31, 1 << 32, -(1 << 16), 1 << 30))
        return (_BASE + near + self.chance.randrange(-0x2000, 0x20000)) % (1 << 64)
