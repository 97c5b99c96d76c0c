"""The words of a frame on the native stack: a tree that is never changed, so that states share its parts.

Two states that differ in a few words differ in the few nodes above these. So a state costs memory, and two
that meet cost time, by what was written between them, however large the frame is.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import NamedTuple

from fpcc.verifier.frame_values import ALIGNED, PLAIN, WHOLE, with_bits

WORD = 8
EVERY_BYTE = 0xFF

_FAN, _LEVELS = 16, 4
_HALF: int = _FAN**_LEVELS // 2  # places of words above the rounding; the others are below it
_MEETINGS_KEPT = 1 << 12


class Word(NamedTuple):
    """Masks of bytes: those written, and those of them that are the module's own; and the whole's value."""

    written: int
    own: int
    value: int


NOTHING = Word(0, 0, PLAIN)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A node of the tree; equal only to itself."""

    children: tuple[Words | Word | None, ...]


EMPTY = Words((None,) * _FAN)


def make_word(written: int, own: int) -> Word:
    """A word that was not written as a whole."""
    return Word(
        written, own, PLAIN if own == EVERY_BYTE else with_bits(min(lowest_bytes(own) * 8, WHOLE - 8))
    )


def lowest_bytes(mask: int) -> int:
    """How many bytes of a mask are set, from the lowest on."""
    return (mask ^ (mask + 1)).bit_length() - 1


def place_of(offset: int) -> int:
    """Where the word at this offset is kept; lower words have higher places."""
    if offset > ALIGNED // 2:
        return min(max(-offset // WORD, 0), _HALF - 1)
    return _HALF + min(max((ALIGNED - offset) // WORD, 0), _HALF - 1)


def get_word(words: Words, place: int) -> Word:
    """The word that is kept there."""
    node: Words | Word | None = words
    for level in reversed(range(_LEVELS)):
        if not isinstance(node, Words):
            return NOTHING
        node = node.children[place // _FAN**level % _FAN]
    return node if isinstance(node, Word) else NOTHING


def set_word(words: Words | None, place: int, word: Word, level: int = _LEVELS - 1) -> Words:
    """The tree with a word replaced."""
    children = (words or EMPTY).children
    at = place // _FAN**level % _FAN
    child = children[at]
    if level == 0:
        return Words((*children[:at], word, *children[at + 1 :]))
    below = child if isinstance(child, Words) else None
    return Words((*children[:at], set_word(below, place, word, level - 1), *children[at + 1 :]))


def drop_words(words: Words, first: int, end: int | None = None) -> Words:
    """The tree without the words at places from `first` up to `end`, or all from there on."""
    kept = _drop(words, first, _FAN**_LEVELS if end is None else end, _LEVELS - 1)
    return kept if isinstance(kept, Words) else EMPTY


def _drop(node: Words | Word | None, first: int, end: int, level: int) -> Words | Word | None:
    """`first` and `end` count from the node's first place."""
    size = _FAN ** (level + 1)
    if node is None or first >= size or end <= 0:
        return node
    if not isinstance(node, Words) or (first <= 0 and end >= size):
        return None
    step = size // _FAN
    low, high = max(first, 0) // step, min((end - 1) // step, _FAN - 1)
    if not any(node.children[low : high + 1]):
        return node
    kept = list(node.children)
    for at in (at for at in range(low, high + 1) if kept[at]):
        kept[at] = _drop(kept[at], first - at * step, end - at * step, level - 1)
    return _node(tuple(kept), node, node)


@functools.lru_cache(maxsize=_MEETINGS_KEPT)
def meet_words(one: Words, other: Words) -> Words:
    """What is known of words where either tree may hold; the first itself if it says no more than that."""
    pairs = zip(one.children, other.children, strict=True)
    return _node(tuple(_meet(a, b) for a, b in pairs), one, other) or EMPTY


def _meet(one: Words | Word | None, other: Words | Word | None) -> Words | Word | None:
    if one is other:
        return one
    if isinstance(one, Words) and isinstance(other, Words):
        return meet_words(one, other)
    if isinstance(one, Word) and isinstance(other, Word):
        return _meet_word(one, other)
    return None


def _meet_word(one: Word, other: Word) -> Word:
    if one.value == other.value:
        return Word(one.written & other.written, one.own & other.own, one.value)
    return make_word(one.written & other.written, one.own & other.own)


def _node(children: tuple[Words | Word | None, ...], one: Words, other: Words) -> Words | None:
    """A node with these children; one of the two if it has them."""
    for known in (one, other):
        if children == known.children:
            return known
    return Words(children) if any(children) else None
