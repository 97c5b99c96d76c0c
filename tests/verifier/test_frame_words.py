"""The words of a frame: they are what a dictionary would hold, and states share them."""

from __future__ import annotations

import random

import pytest

from fpcc.verifier.frame_flow import follow_frames
from fpcc.verifier.frame_values import ALIGNED, PLAIN
from fpcc.verifier.frame_words import (
    EMPTY,
    EVERY_BYTE,
    NOTHING,
    Word,
    drop_words,
    get_word,
    make_word,
    meet_words,
    place_of,
    set_word,
)
from fpcc.verifier.image import read_image
from fpcc.verifier.program import decode_program
from tests.verifier.assembled import make_module

PLACES = [place_of(top - 8 * word) for top in (0, ALIGNED) for word in range(1, 80)]


@pytest.mark.parametrize("seed", range(20))
def test_words_are_what_a_dictionary_would_hold(seed: int) -> None:
    chosen = random.Random(seed)
    words, wanted = EMPTY, dict[int, Word]()
    for number in range(200):
        place = chosen.choice(PLACES)
        word = Word(EVERY_BYTE, EVERY_BYTE, number)
        words, wanted[place] = set_word(words, place, word), word
        if number % 20 == 0:
            end = place + chosen.choice((1, 7, 40, 1 << 16))
            words = drop_words(words, place, end)
            wanted = {at: kept for at, kept in wanted.items() if not place <= at < end}
    assert {place: get_word(words, place) for place in PLACES} == {
        place: wanted.get(place, NOTHING) for place in PLACES
    }


def test_where_paths_meet_only_what_both_wrote_is_known() -> None:
    both, one, partly = PLACES[:3]
    whole, half = Word(EVERY_BYTE, EVERY_BYTE, PLAIN), make_word(0x0F, 0x0F)
    first = set_word(set_word(set_word(EMPTY, both, whole), one, whole), partly, whole)
    second = set_word(set_word(EMPTY, both, whole), partly, half)
    met = meet_words(first, second)
    assert [get_word(met, place) for place in (both, one, partly)] == [whole, NOTHING, half]
    assert meet_words(met, first) is met


def test_states_share_the_words_of_a_frame_however_many_paths_meet() -> None:
    stores = "; ".join(f"movq %rdi, {8 * word}(%rsp)" for word in range(500))
    joins = "; ".join(["je 1f; 1:"] * 1000)
    module = make_module(f"subq $4000, %rsp; {stores}; xorl %eax, %eax; {joins}; addq $4000, %rsp; ret")
    flow = follow_frames(decode_program(read_image(module))[0])
    assert len(flow.states) > 1000
    assert len({id(state.words) for state in flow.states.values()}) < 10
