"""Registers and memory as an attacker would choose them: pointers near every limit, and sound batches."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from fpcc.abi import abi
from tests.verifier.confined_machine import ARENA, HOST, STACK, THREAD, TOP, ConfinedMachine
from tests.verifier.loaded_module import PAGE

_BATCH = struct.Struct("<II")
_PACKET = struct.Struct("<QIHHQII")
_REGISTERS = "rax rcx rdx rbx rsp rbp rsi rdi r8 r9 r10 r11 r12 r13 r14 r15".split()
_REGIONS = ("FP_IMAGE_OFFSET", "FP_HEAP_OFFSET", "FP_BATCH_OFFSET", "FP_ARGS_OFFSET", "FP_PACKETS_OFFSET")


@dataclass(frozen=True)
class HostileState:
    """Where values come from; the same seed gives the same ones."""

    chance: random.Random

    def word(self) -> int:
        """64 bits that somebody who wants out would try."""
        chance = self.chance
        match chance.randrange(10):
            case 0 | 1 | 2 | 3:
                return ARENA + abi().number(chance.choice(_REGIONS)) + chance.randrange(4 * PAGE)
            case 4:
                return chance.choice(_limits()) + chance.randrange(-64, 65)
            case 5:
                return chance.choice((STACK, TOP, HOST, THREAD)) + 8 * chance.randrange(-8, 9)
            case 6 | 7:
                return chance.randrange(-16, 300)
            case 8:
                return chance.getrandbits(32)
        return chance.getrandbits(64)

    def registers(self) -> dict[str, int]:
        """Any values in all of them."""
        return {name: self.word() for name in _REGISTERS}

    def fill(self, machine: ConfinedMachine) -> None:
        """Writes all memory that the module may find anything in, and a batch that may be well-formed."""
        number = abi().number
        base, sealed = machine.image_base, machine.module.sealed
        spans = [
            (ARENA + number("FP_HEAP_OFFSET"), 4),
            (ARENA + number("FP_BATCH_OFFSET"), 1),
            (ARENA + number("FP_PACKETS_OFFSET"), 32),
        ]
        spans += [(base + p.start, len(p.content) // PAGE) for p in machine.module.pages if p.rights & 2]
        pages = {start + page * PAGE for start, count in spans for page in range(count)}
        for address in sorted(page for page in pages if page - base not in sealed):
            machine.uc.mem_write(address, self._page())
        machine.uc.mem_write(ARENA + number("FP_ARGS_OFFSET"), self._page())
        machine.uc.mem_write(STACK, self._page() * 16)
        if self.chance.randrange(4):
            machine.uc.mem_write(ARENA + number("FP_BATCH_OFFSET"), b"".join(self._batch()))

    def _page(self) -> bytes:
        words = [self.word() % (1 << 64) for _ in range(32)]
        return struct.pack("<32Q", *words) * (PAGE // 256)

    def _batch(self) -> Iterator[bytes]:
        chance, buffer = self.chance, abi().number("FP_PACKET_BUFFER")
        count = chance.randrange(1, 9)
        yield _BATCH.pack(count, 0)
        for packet in range(count):
            data = ARENA + abi().number("FP_PACKETS_OFFSET") + packet * buffer
            data += abi().number("FP_PACKET_HEADROOM")
            yield _PACKET.pack(data, chance.randrange(1500), 0, packet, chance.getrandbits(64), 7, 1500)


def _limits() -> tuple[int, ...]:
    number = abi().number
    zone = number("FP_GUARD_ZONE")
    return (
        0,
        ARENA,
        ARENA - zone,
        ARENA + number("FP_ARENA_REACH"),
        ARENA + number("FP_ARENA_SIZE"),
        ARENA + number("FP_ARENA_SIZE") + zone,
        1 << 31,
        1 << 32,
        1 << 63,
    )
