"""A capture whose packets come as far apart as they were captured."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.host.run.capture_files import Captured, read_capture, write_capture
from tests.host.run.conftest import MakeModule, RunChain
from tests.host.run.runner import chain, node
from tests.host.run.sources import PASS, process

NS = 1_000_000_000
START = 1_700_000_000 * NS
# Nanoseconds after the first: a burst, a pause, one that was captured out of order, one that comes with it.
OFFSETS = [0, 0, 1000, 300_000_000, 200_000_000, 300_000_000]


def captured(offsets: list[int]) -> list[Captured]:
    return [Captured(bytes([number]) * 60, START + offset) for number, offset in enumerate(offsets)]


@pytest.mark.parametrize("paced", [True, False])
def test_packets_keep_their_distance_if_they_are_to(
    paced: bool, run_chain: RunChain, make_module: MakeModule, tmp_path: Path
) -> None:
    write_capture(tmp_path / "in.pcap", captured(OFFSETS))
    source = {"type": "pcap", "path": str(tmp_path / "in.pcap"), "paced": paced}
    output = {"type": "pcap", "path": str(tmp_path / "out.pcap")}
    before = time.monotonic_ns()
    outcome = run_chain(chain(node(make_module(PASS)), input=source, output=output))
    took = time.monotonic_ns() - before
    assert outcome.done["out"] == len(OFFSETS)
    assert [(packet.frame, packet.time) for packet in read_capture(tmp_path / "out.pcap")] == [
        (packet.frame, packet.time) for packet in captured(OFFSETS)
    ]
    assert not paced or took >= max(OFFSETS)


def test_what_is_due_comes_in_one_batch_and_waits_for_no_other(
    run_chain: RunChain, make_module: MakeModule, tmp_path: Path
) -> None:
    mark = process("for (unsigned i = 0; i < batch->count; i++) batch->packet[i].data[0] = (uint8_t)call;")
    write_capture(tmp_path / "in.pcap", captured([0, 0, 0, 100_000_000]))
    source = {"type": "pcap", "path": str(tmp_path / "in.pcap"), "paced": True}
    output = {"type": "pcap", "path": str(tmp_path / "out.pcap")}
    run_chain(chain(node(make_module(mark)), input=source, output=output))
    assert [packet.frame[0] for packet in read_capture(tmp_path / "out.pcap")] == [1, 1, 1, 2]


# In seconds, the first packet and the second; whatever is not later is due at once.
@pytest.mark.parametrize("seconds", [(1_700_000_000, 1), (2**32 - 1, 0), (0, 0)])
def test_time_stamps_of_any_kind_are_taken(
    seconds: tuple[int, int], run_chain: RunChain, make_module: MakeModule, tmp_path: Path
) -> None:
    packets = [Captured(bytes(60), second * NS) for second in seconds]
    write_capture(tmp_path / "in.pcap", packets)
    source = {"type": "pcap", "path": str(tmp_path / "in.pcap"), "paced": True}
    assert run_chain(chain(node(make_module(PASS)), input=source)).done["out"] == 2
