"""What is known at one point of a function: its registers, and the words of its frame on the native stack.

Offsets count from the return address. Once the stack pointer was rounded down (`and $-32, %rsp`) its distance
from there is unknown: offsets below ALIGNED count from the rounded value, `floor` is where it was before.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from fpcc.verifier.frame_values import (
    ALIGNED,
    CALLEE_SAVED,
    CALLER_SAVED,
    ENTRY,
    LEFT,
    PLAIN,
    WHOLE,
    address,
    defined_bits,
    is_address,
    joined,
    offset_of,
)
from fpcc.verifier.model import RDI, RSP, Mem

RED_ZONE = 128  # bytes below the stack pointer that signal handlers keep off
WORD = 8
CARRY, OTHER_FLAGS = 1, 2
ALL_FLAGS = CARRY | OTHER_FLAGS
ALL_BITS = 256  # of a vector register
_ALL = 0xFF  # a mask of the bytes of a word


@dataclass(slots=True)
class FrameState:
    """Mutable while a block is walked; a word of the frame is (mask of bytes written, value)."""

    function: int
    registers: list[int]
    words: dict[int, tuple[int, int]] = field(default_factory=dict)
    vectors: list[int] = field(default_factory=lambda: [ALL_BITS] * 16)  # low bits that are the module's own
    touched: int = 0  # the lowest byte known to be mapped, because it was accessed
    floor: int = 0  # where rsp was before it was rounded down; 0 if it was not, or is no more
    rounded: bool = False  # rsp was rounded down, which is done once
    flags_left: int = 0  # which flags tell of what the module did not put there: of CARRY, OTHER_FLAGS

    def copy(self) -> FrameState:
        """One that can be changed independently."""
        return replace(
            self, registers=self.registers.copy(), words=self.words.copy(), vectors=self.vectors.copy()
        )

    @property
    def depth(self) -> int | None:
        """Where rsp points; None if that is not known."""
        value = self.registers[RSP]
        return offset_of(value) if is_address(value) else None

    def native_offset(self, memory: Mem) -> int | None:
        """Where in the native stack an operand is; None if it is not known to be there."""
        if memory.base < 0 or memory.index >= 0 or memory.segment or memory.narrow:
            return None
        value = self.registers[memory.base]
        return offset_of(value) + memory.disp if is_address(value) else None

    def move_to(self, depth: int) -> None:
        """Sets rsp. Words that come to lie above it again hold nothing that was put there."""
        old = self.depth
        if old is not None and depth < old:
            self.forget(depth - RED_ZONE, old)
        if depth > ALIGNED and self.floor:
            self._leave_rounded(depth)
        self.registers[RSP] = address(depth)

    def round_down(self, alignment: int) -> None:
        """Rounds rsp down to a multiple of `alignment`; offsets below ALIGNED count from there."""
        depth = self.depth
        assert depth is not None
        self.forget(depth - RED_ZONE, depth)
        self.floor, self.rounded = depth, True
        self.touched = ALIGNED + alignment + max(self.touched - depth, 0)
        self.registers[RSP] = address(ALIGNED)

    def _leave_rounded(self, depth: int) -> None:
        self.forget(min(depth, self.floor) - RED_ZONE, self.floor)
        self.floor, self.touched = 0, 0

    def forget(self, start: int, end: int) -> None:
        """Words in here are not what the function wrote there any more."""
        first = start // WORD * WORD
        if (end - first) // WORD > len(self.words):
            gone = [offset for offset in self.words if first <= offset < end]
        else:
            gone = [offset for offset in range(first, end, WORD) if offset in self.words]
        for offset in gone:
            del self.words[offset]

    def store(self, offset: int, size: int, value: int) -> None:
        """Writes bytes of the frame."""
        self.touched = min(self.touched, offset)
        first = offset // WORD * WORD
        for word in range(first, offset + size, WORD):
            mask = _byte_mask(word, offset, size)
            if mask == _ALL:
                self.words[word] = (_ALL, value if size >= WORD else PLAIN)
            else:
                self._store_part(word, mask, defined_bits(value) < WHOLE)

    def _store_part(self, word: int, mask: int, is_left: bool) -> None:
        old_mask, old = self.words.get(word, (0, PLAIN))
        kept = old_mask & ~mask
        is_left = is_left or (kept != 0 and defined_bits(old) < WHOLE)
        self.words[word] = (old_mask | mask, LEFT if is_left else PLAIN)

    def load(self, offset: int, size: int) -> tuple[bool, int]:
        """Whether all these bytes were written (arguments were, see code_rules.py), what is known of them."""
        if offset >= 0:
            return True, PLAIN
        self.touched = min(self.touched, offset)
        first = offset // WORD * WORD
        if first == offset and size == WORD:
            mask, value = self.words.get(offset, (0, PLAIN))
            return mask == _ALL, value if mask == _ALL else LEFT
        complete, bits = True, WHOLE
        for word in range(first, offset + size, WORD):
            wanted = _byte_mask(word, offset, size)
            mask, value = self.words.get(word, (0, PLAIN))
            complete = complete and mask & wanted == wanted
            bits = min(bits, defined_bits(value))
        return complete, PLAIN if complete and bits == WHOLE else LEFT

    def is_restored(self) -> bool:
        """True if rsp and the callee-saved registers are what they were on entry."""
        return self.depth == 0 and all(self.registers[n] == ENTRY + n for n in CALLEE_SAVED)

    def written_above(self, offset: int, limit: int) -> int:
        """How many bytes from `offset` on are written and the module's own, up to `limit`."""
        end = offset
        while end < offset + limit and self.words.get(end, (0, LEFT)) == (_ALL, PLAIN):
            end += WORD
        return end - offset


def entry_state(function: int, called_by_host: bool) -> FrameState:
    """At the start of a function: the host passes one argument, and leaves anything in other registers."""
    registers = [ENTRY + number for number in range(16)]
    registers[RSP] = address(0)
    for number in CALLER_SAVED:
        registers[number] = LEFT if called_by_host and number != RDI else PLAIN
    vectors = [0 if called_by_host else ALL_BITS] * 16
    return FrameState(function, registers, vectors=vectors, flags_left=ALL_FLAGS)


def merge(known: FrameState, other: FrameState) -> FrameState | None:
    """What holds on both paths; None if they do not agree on the frame itself."""
    if _shape(known) != _shape(other):
        return None
    return FrameState(
        known.function,
        [joined(a, b) for a, b in zip(known.registers, other.registers, strict=True)],
        known.words if known.words == other.words else _common(known.words, other.words),
        [min(a, b) for a, b in zip(known.vectors, other.vectors, strict=True)],
        max(known.touched, other.touched),
        known.floor,
        known.rounded,
        known.flags_left | other.flags_left,
    )


def _shape(state: FrameState) -> tuple[int, int, int, bool]:
    return (state.function, state.registers[RSP], state.floor, state.rounded)


def _common(one: dict[int, tuple[int, int]], two: dict[int, tuple[int, int]]) -> dict[int, tuple[int, int]]:
    return {
        offset: (mask & two[offset][0], joined(value, two[offset][1]))
        for offset, (mask, value) in one.items()
        if offset in two
    }


def _byte_mask(word: int, offset: int, size: int) -> int:
    """The bytes of the word that [offset, offset + size) covers."""
    low, high = max(offset - word, 0), min(offset + size - word, WORD)
    return (_ALL << low) & (_ALL >> (WORD - high)) & _ALL
