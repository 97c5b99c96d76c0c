"""Every peer found here does with each packet what our modules do, on frames of all sorts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from random import Random

import pytest

from bench.examples import EXAMPLES, Example
from bench.frames import write_capture
from bench.peers.contest import check_same, run_peers
from bench.peers.driver_program import Job, Outcome
from bench.peers.figures import Skipped
from bench.peers.ours import JUDGE, Ours, run_ours
from bench.peers.registry import PEERS_BY_NAME
from fpcc.benchmark.contest import entrant_of
from tests.nfs.random_frames import any_frame

PACKETS = 384
SHORTEST = 14  # the kernel's test run of XDP programs takes no shorter frames


@dataclass(frozen=True)
class Match:
    """One NF: what our modules made of the packets, and what the peers did."""

    name: str
    ours: Ours
    peers: tuple[Outcome | Skipped, ...]


@pytest.fixture(scope="module")
def drivers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drivers")


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda example: example.name)
def match(request: pytest.FixtureRequest, drivers: Path) -> Match:
    example: Example = request.param
    capture = drivers / f"{example.name}.pcap"
    write_capture(capture, list(islice(frames_of_all_sorts(Random(example.name)), PACKETS)))
    job = Job(example.source, capture, drivers, example.args, rounds=0, packets=PACKETS, instances=1)
    ours = run_ours(job, [JUDGE])
    return Match(example.name, ours, tuple(run_peers(job, PEERS_BY_NAME.values())))


def frames_of_all_sorts(random: Random) -> Iterator[bytes]:
    return (frame for _ in count() if len(frame := any_frame(random)) >= SHORTEST)


@pytest.mark.parametrize("peer", PEERS_BY_NAME)
def test_a_peer_does_as_ours(peer: str, match: Match) -> None:
    (outcome,) = (outcome for outcome in match.peers if peer in peers_of(outcome))
    if isinstance(outcome, Skipped):
        pytest.skip(outcome.skipped)
    assert outcome.rehearsed["packets"] == PACKETS
    check_same(match.name, outcome, match.ours)


def peers_of(outcome: Outcome | Skipped) -> set[str]:
    if isinstance(outcome, Skipped):
        return {outcome.peer}
    return {entrant_of(variant["node"]) for variant in outcome.rehearsed["variants"]}
