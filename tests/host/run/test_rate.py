"""A pool that hands packets in at a rate: by the clock, and with the times they are due at."""

from __future__ import annotations

import time
from pathlib import Path

from tests.host.run.capture_files import read_capture
from tests.host.run.conftest import MakeModule, RunChain
from tests.host.run.runner import chain, node, pool
from tests.host.run.sources import PASS

PACKETS, RATE = 100, 1000
NS = 1_000_000_000


def test_packets_come_at_the_rate(run_chain: RunChain, make_module: MakeModule, tmp_path: Path) -> None:
    output = {"type": "pcap", "path": str(tmp_path / "out.pcap")}
    before = time.time_ns()
    outcome = run_chain(chain(node(make_module(PASS)), input=pool(PACKETS, rate=RATE), output=output))
    took = time.time_ns() - before
    times = [packet.time for packet in read_capture(tmp_path / "out.pcap")]
    assert outcome.done["out"] == len(times) == PACKETS
    assert {later - earlier for earlier, later in zip(times, times[1:], strict=False)} == {NS // RATE}
    assert before <= times[0]
    assert took >= (PACKETS - 1) * NS // RATE


def test_what_is_due_comes_in_one_batch(run_chain: RunChain, make_module: MakeModule) -> None:
    """At a rate no machine keeps up with, nothing is left out: packets wait until they are fetched."""
    outcome = run_chain(chain(node(make_module(PASS)), input=pool(50_000, rate=NS)))
    assert outcome.done["out"] == 50_000
