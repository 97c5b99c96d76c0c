"""Flows on several workers: which worker, in what order, and what the hash is."""

from __future__ import annotations

import ipaddress
import itertools
import struct
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.host.conftest import Program
from tests.host.engine.graphs import Json, Report, Running, graph, module, node, path, refused, running
from tests.host.run.capture_files import read_capture
from tests.host.run.conftest import MakeModule
from tests.host.run.sources import PASS

PACKETS = 100_000


def test_flows_that_move_lose_nothing_and_stay_in_order(
    fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    out = tmp_path / "out.pcap"
    nodes = [
        node("in", "input", type="pool", packets=PACKETS, count=256),
        module("nf", make_module(PASS)),
        node("out", "output", type="pcap", path=str(out)),
    ]
    wanted = graph(nodes, path("in", "nf", "out"), cores=[0, 0, 0])
    with running(fphost, wanted, tmp_path) as host:
        moves = 0
        while host.report().sum("sent") < PACKETS:
            workers = [moves % 3, (moves + 1) % 3, 2, moves // 3 % 3]
            assert host.ask(do="steer", node="in", workers=workers) == {"ok": True}
            moves += 1
        report = host.finish()
    report.check_accounts()
    assert report.dropped() == 0
    assert moves > 1
    assert_in_order(out, PACKETS)


# Works for a while, and sends every other flow another way.
SPLIT = """
#include <fastpaas/nf.h>

static uint64_t kept;

void process(struct fp_batch *batch)
{
	for (uint32_t i = 0; i < batch->count; i++) {
		for (int j = 0; j < 20000; j++)
			kept = (kept ^ kept >> 29) * 0x9e3779b97f4a7c15u + 1;
		batch->packet[i].gate = batch->packet[i].data[35] & 1;
	}
}
"""


def split_graph(nf: Path, out: Path, steer: str) -> Json:
    nodes = [
        {**node("in", "input", type="pool", packets=1 << 40, count=32), "steer": steer},
        module("split", nf),
        node("even", "counter"),
        node("odd", "counter"),
        node("out", "output", type="pcap", path=str(out)),
    ]
    ways = [
        *path("in", "split", "even", "out"),
        {"from": "split", "gate": 1, "to": "odd"},
        *path("odd", "out"),
    ]
    return graph(nodes, ways, cores=[0, 1])


def count_odd(report: Report) -> list[int]:
    """Packets of the odd flows, by worker."""
    return [entry["in"] for entry in report.whole["nodes"] if entry["node"] == "odd"]


def watch(host: Running) -> Iterator[Report]:
    """What the host reports each time the odd flows have had 2,500 packets more, 600 times at most."""
    before = 0
    while (report := host.report()).sum("sent") < 3_000_000:
        if sum(count_odd(report)) - before >= 2_500:
            before = sum(count_odd(report))
            yield report


def sorted_part(before: Report, after: Report) -> float:
    """The part of the odd flows' packets that came to the worker with most of them."""
    came = [b - a for a, b in zip(count_odd(before), count_odd(after), strict=True)]
    return max(came) / sum(came)


def test_flows_of_one_path_come_together_on_a_worker(
    fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    out = tmp_path / "out.pcap"
    wanted = split_graph(make_module(SPLIT), out, "path")
    with running(fphost, wanted, tmp_path) as host:
        pairs = itertools.pairwise(watch(host))
        assert any(sorted_part(before, after) > 0.99 for before, after in pairs)
        report = host.finish()
    report.check_accounts()
    assert report.dropped() == 0
    assert_in_order(out, report.sum("sent"))


def assert_in_order(out: Path, packets: int) -> None:
    times = defaultdict(list)
    for packet in read_capture(out):
        times[packet.frame].append(packet.time)
    assert sum(map(len, times.values())) == packets
    assert all(found == sorted(found) for found in times.values())


@pytest.mark.parametrize("where", ["in", "split"])
def test_how_flows_are_steered_is_of_inputs_and_known(
    fphost: Path, make_module: MakeModule, tmp_path: Path, where: str
) -> None:
    wanted = split_graph(
        make_module(SPLIT), tmp_path / "out.pcap", "path" if where == "split" else "sideways"
    )
    if where == "split":
        wanted["nodes"][1]["steer"] = "path"
    assert f'node {where}: "steer" is fixed, load or path, and only of inputs' in refused(fphost, wanted)


def test_steering_that_makes_no_sense_is_refused(
    fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    nodes = [
        node("in", "input", type="pool", packets=1 << 40),
        module("nf", make_module(PASS)),
        node("out", "output", type="null"),
    ]
    bad = {
        "must name an input": {"node": "nf", "workers": [0]},
        "must be a list of 1 to 128": {"node": "in", "workers": []},
        "workers[1] is none of those": {"node": "in", "workers": [0, 2]},
    }
    with running(fphost, graph(nodes, path("in", "nf", "out"), cores=[0, 0]), tmp_path) as host:
        for reason, request in bad.items():
            reply = host.ask(do="steer", **request)
            assert reason in reply["error"]
        host.finish().check_accounts()


# The verification suite of "RSS hashing types" (Microsoft, Windows driver documentation).
SUITE = (
    ("161.142.100.80", 1766, "66.9.149.187", 2794, 0x51CCC178),
    ("65.69.140.83", 4739, "199.92.111.2", 14230, 0xC626B0EA),
    ("12.22.207.184", 38024, "24.19.198.95", 12898, 0x5C2B394A),
    ("209.142.163.6", 2217, "38.27.205.30", 48228, 0xAFC7327F),
    ("202.188.127.2", 1303, "153.39.163.191", 44251, 0x10E828A2),
    ("3ffe:2501:200:3::1", 1766, "3ffe:2501:200:1fff::7", 2794, 0x40207D3D),
    ("ff02::1", 4739, "3ffe:501:8::260:97ff:fe40:efab", 14230, 0xDDE51BBF),
    ("fe80::200:f8ff:fe21:67cf", 38024, "3ffe:1900:4545:3:200:f8ff:fe21:67cf", 44251, 0x02D1FEEF),
)


def tcp_frame(destination: str, to_port: int, source: str, from_port: int) -> bytes:
    """An Ethernet frame of a TCP segment without data."""
    addresses = [ipaddress.ip_address(address).packed for address in (source, destination)]
    tcp = struct.pack("!HHIIBBHHH", from_port, to_port, 0, 0, 0x50, 0, 0, 0, 0)
    if len(addresses[0]) == 4:
        ip = struct.pack("!BBHHHBBH", 0x45, 0, 40, 0, 0, 64, 6, 0)
        return bytes(12) + b"\x08\x00" + ip + b"".join(addresses) + tcp
    ip = struct.pack("!IHBB", 6 << 28, len(tcp), 6, 64)
    return bytes(12) + b"\x86\xdd" + ip + b"".join(addresses) + tcp


def test_the_hash_is_that_of_network_cards(host_program: Program) -> None:
    text = "".join(f"{tcp_frame(*entry[:4]).hex()}\n" for entry in SUITE)
    program = host_program("tests/host/run/check_toeplitz")
    done = subprocess.run([program], input=text, capture_output=True, text=True, check=True)
    assert [int(line, 16) for line in done.stdout.split()] == [entry[4] for entry in SUITE]


def test_workers_that_fill_each_others_rings_go_on(
    fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    """Each worker has the port of one output and far more for the other's than that takes at a time."""
    count, packets = 8, 40_000
    inputs = [node(f"in{i}", "input", type="pool", packets=packets, count=256) for i in range(count)]
    outputs = [node(f"out{i}", "output", worker=i, type="null") for i in range(2)]
    edges = [{"from": f"in{i}", "to": f"out{i % 2}"} for i in range(count)]
    with running(fphost, graph([*inputs, *outputs], edges, cores=[0, 0]), tmp_path) as host:
        while host.report().sum("sent") < count * packets:
            assert host.ask(do="steer", node="in0", workers=[0, 1]) == {"ok": True}
        report = host.finish()
    report.check_accounts()
    assert report.dropped() == 0
