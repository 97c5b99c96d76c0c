"""Packet lists for hypothesis. It draws one number a packet and shrinks a failure by leaving packets out;
drawing every field would leave it with three packets a list."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from hypothesis import strategies as st

from tests.nfs.driver import Packet
from tests.nfs.random_frames import any_frame

START = 1_000_000_000_000  # nanoseconds

MakeFrame = Callable[[Random], bytes]


def make_packets(seeds: list[int], make_frame: MakeFrame) -> list[Packet]:
    """Packets up to 2 ms apart; once in a while the clock steps back."""
    now, packets = START, []
    for seed in seeds:
        random = Random(seed)
        now += -500_000 if random.random() < 0.05 else random.randrange(2_000_000)
        packets.append(Packet(make_frame(random), now))
    return packets


def packet_lists(make_frame: MakeFrame = any_frame) -> st.SearchStrategy[list[Packet]]:
    seed = st.integers(0, 2**32 - 1)
    sizes = st.sampled_from([150, 60, 10, 1, 0])
    seeds = sizes.flatmap(lambda size: st.lists(seed, min_size=size, max_size=size))
    return seeds.map(lambda drawn: make_packets(drawn, make_frame))
