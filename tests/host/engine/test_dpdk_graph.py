"""Devices of DPDK as inputs and outputs of a graph: packets are copied, and those of the captures."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from tests.host.engine.graphs import graph, module, node, path, serve
from tests.host.run.capture_files import Captured, read_capture, write_capture
from tests.host.run.conftest import MakeModule
from tests.host.run.dpdk import device, require_dpdk
from tests.host.run.runner import run_host
from tests.host.run.sources import PASS

COUNT = 5000


@pytest.fixture(autouse=True)
def _needs_dpdk(fphost: Path) -> None:
    require_dpdk(fphost)


def make_frame(number: int) -> bytes:
    """Of one of many flows."""
    random_bytes = random.Random(number).randbytes(1800)
    return b"\x02" * 12 + b"\x08\x00\x45" + random_bytes[: 45 + number * 7 % 1700]


@pytest.mark.parametrize("cores", [[0], [0, 0]])
def test_frames_of_devices_go_through_a_graph(
    cores: list[int], fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    given, out = tmp_path / "in.pcap", tmp_path / "out.pcap"
    frames = [make_frame(number) for number in range(COUNT)]
    write_capture(given, [Captured(frame) for frame in frames])
    nodes = [
        node("in", "input", **device(f"net_pcap0,rx_pcap={given}", packets=COUNT)),
        module("nf", make_module(PASS)),
        node("out", "output", **device(f"net_pcap1,tx_pcap={out}")),
    ]
    report, outcome = serve(fphost, graph(nodes, path("in", "nf", "out"), cores=cores))
    report.check_accounts()
    assert report.sum("sent") == COUNT and report.dropped() == 0, outcome
    data = bytearray(out.read_bytes())
    data[:4] = bytes.fromhex("4d3cb2a1")  # microseconds, which the reader does not read
    out.write_bytes(data)
    assert Counter(packet.frame for packet in read_capture(out)) == Counter(frames)


def test_what_a_device_does_not_take_is_counted(fphost: Path, make_module: MakeModule) -> None:
    nodes = [
        node("in", "input", type="pool", packets=3000, count=64),
        module("nf", make_module(PASS)),
        node("out", "output", **device("net_ring0")),
    ]
    report, _ = serve(fphost, graph(nodes, path("in", "nf", "out")))
    report.check_accounts()
    assert report.counts("out")["drops"] == {"output full": 1977}


def test_a_device_serves_one_port_of_a_graph(fphost: Path, make_module: MakeModule) -> None:
    nodes = [
        node("in", "input", **device("net_ring0", packets=1)),
        module("nf", make_module(PASS)),
        node("out", "output", **device("net_ring0")),
    ]
    outcome = run_host(fphost, "serve", {"graph": graph(nodes, path("in", "nf", "out"))})
    said = "DPDK device net_ring0 is in use by a port that has other packets"
    assert outcome.status != 0 and said in outcome.one("error")["text"]
