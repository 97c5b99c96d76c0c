"""What is known at one point of a function: its registers, and the words of its frame on the native stack.

Offsets count from the return address. Once the stack pointer was rounded down (`and $-32, %rsp`) its distance
from there is unknown: offsets below ALIGNED count from the rounded value, `floor` is where it was before.
"""

from __future__ import annotations

from dataclasses import dataclass, field

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
    with_bits,
)
from fpcc.verifier.frame_words import (
    EMPTY,
    EVERY_BYTE,
    WORD,
    Word,
    Words,
    drop_words,
    get_word,
    lowest_bytes,
    make_word,
    meet_words,
    place_of,
    set_word,
)
from fpcc.verifier.model import RDI, RSP, Mem

RED_ZONE = 128  # bytes below the stack pointer that signal handlers keep off
ARGUMENTS_MAX = 1024  # bytes of arguments on the stack that a function may read
CARRY, OTHER_FLAGS = 1, 2
ALL_FLAGS = CARRY | OTHER_FLAGS
ALL_BITS = 256  # of a vector register


@dataclass(slots=True)
class FrameState:
    """Mutable while a block is walked. `words` has only what lies in the frame or its red zone.

    All that is lower may be overwritten by a callee; what is believed of it would be believed for ever.
    """

    function: int
    registers: list[int]
    words: Words = EMPTY
    vectors: list[int] = field(default_factory=lambda: [ALL_BITS] * 16)  # low bits that are the module's own
    touched: int = 0  # the lowest byte known to be mapped, because it was accessed
    floor: int = 0  # where rsp was before it was rounded down; 0 if it was not, or is no more
    rounded: bool = False  # rsp was rounded down, which is done once
    flags_left: int = 0  # which flags tell of what the module did not put there: of CARRY, OTHER_FLAGS

    def copy(self) -> FrameState:
        """One that can be changed independently."""
        return FrameState(
            self.function,
            self.registers.copy(),
            self.words,
            self.vectors.copy(),
            self.touched,
            self.floor,
            self.rounded,
            self.flags_left,
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

    def holds(self, offset: int, size: int) -> bool:
        """True if all these bytes are in the frame or the red zone below it."""
        depth = self.depth
        if depth is None:
            return False
        if self.floor and offset >= self.floor:
            return offset + size <= 0
        return depth - RED_ZONE <= offset and offset + size <= (ALIGNED if self.floor else 0)

    def move_to(self, depth: int) -> None:
        """Sets rsp. Words that come to lie below it hold nothing any more."""
        old = self.depth
        if old is not None and depth < old:
            self.forget(depth - RED_ZONE, old)
        if depth > ALIGNED and self.floor:
            self.forget_below(max(depth - RED_ZONE, self.floor))
            self.floor, self.touched = 0, 0
        self.registers[RSP] = address(depth)
        self.forget_below(depth - RED_ZONE)

    def round_down(self, alignment: int) -> None:
        """Rounds rsp down to a multiple of `alignment`; offsets below ALIGNED count from there."""
        depth = self.depth
        assert depth is not None
        self.forget_below(depth)
        self.floor, self.rounded = depth, True
        self.touched = ALIGNED + alignment + max(self.touched - depth, 0)
        self.registers[RSP] = address(ALIGNED)

    def forget(self, start: int, end: int) -> None:
        """Words in here are not what the function wrote there any more."""
        self.words = drop_words(self.words, place_of(_word_of(end - 1)), place_of(_word_of(start)) + 1)

    def forget_below(self, offset: int) -> None:
        """The same of all words below `offset`, those below the rounding among them."""
        self.words = drop_words(self.words, place_of(_word_of(offset + WORD - 1)) + 1)

    def store(self, offset: int, size: int, value: int) -> None:
        """Writes bytes of the frame."""
        if not self.holds(offset, size):
            return
        self.touched = min(self.touched, offset)
        own_size = size if defined_bits(value) == WHOLE else min(defined_bits(value) // 8, size)
        for word in range(_word_of(offset), offset + size, WORD):
            mask, own = _byte_mask(word, offset, size), _byte_mask(word, offset, own_size)
            place = place_of(word)
            if mask == EVERY_BYTE and size == WORD:
                new = Word(mask, own, value)
            else:
                old = get_word(self.words, place)
                new = make_word(old.written | mask, old.own & ~mask | own)
            self.words = set_word(self.words, place, new)

    def load(self, offset: int, size: int) -> tuple[bool, int]:
        """Whether all these bytes were written (arguments were, see code_rules.py), what is known of them.

        Of a load that the mode does not confine, and that is not of the frame, nothing is known.
        """
        if offset >= 0 and offset + size <= WORD + ARGUMENTS_MAX:
            return True, PLAIN
        if not self.holds(offset, size):
            return False, LEFT
        self.touched = min(self.touched, offset)
        first = _word_of(offset)
        words = [get_word(self.words, place_of(word)) for word in range(first, offset + size, WORD)]
        if first == offset and size == WORD:
            return words[0].written == EVERY_BYTE, words[0].value
        wanted = (1 << size) - 1
        written, own = (
            sum(word[part] << WORD * at for at, word in enumerate(words)) >> offset - first & wanted
            for part in (0, 1)
        )
        whole = written & own == wanted
        return written == wanted, PLAIN if whole else with_bits(min(lowest_bytes(own) * 8, WHOLE - 8))

    def is_restored(self) -> bool:
        """True if rsp and the callee-saved registers are what they were on entry."""
        return self.depth == 0 and all(self.registers[n] == ENTRY + n for n in CALLEE_SAVED)

    def own_above(self, offset: int, limit: int) -> int:
        """Which bytes from `offset` on are written and the module's own, as a mask of `limit` bits."""
        end = min(offset + limit, 0)
        words = range(offset, end, WORD)
        return sum(get_word(self.words, place_of(word)).own << word - offset for word in words)


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
        known.words if known.words is other.words else meet_words(known.words, other.words),
        [min(a, b) for a, b in zip(known.vectors, other.vectors, strict=True)],
        max(known.touched, other.touched),
        known.floor,
        known.rounded,
        known.flags_left | other.flags_left,
    )


def _shape(state: FrameState) -> tuple[int, int, int, bool]:
    return (state.function, state.registers[RSP], state.floor, state.rounded)


def _word_of(offset: int) -> int:
    return offset // WORD * WORD


def _byte_mask(word: int, offset: int, size: int) -> int:
    """The bytes of the word that [offset, offset + size) covers."""
    low, high = max(offset - word, 0), min(offset + size - word, WORD)
    return (EVERY_BYTE << low) & (EVERY_BYTE >> (WORD - high)) & EVERY_BYTE
