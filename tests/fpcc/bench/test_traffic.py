"""The packets of `make bench`: 64 bytes, the same each time, well-formed, and work for their NF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.examples import EXAMPLES, Example
from bench.frames import SIZE, read_capture
from bench.traffic import TRAFFIC, write_traffic
from fpcc.benchmark.contest import PACKETS
from tests.conftest import RunFpcc

# What a run on them must show, beside that nothing is malformed.
WORK = {
    "macswap": lambda node: node["gates"] == {"0": PACKETS},
    "policer": lambda node: node["in"] == PACKETS,
    "lpm": lambda node: len(node["gates"]) == 16,
    "firewall": lambda node: node["gates"]["0"] > PACKETS / 4 < node["drops"]["dropped by module"],
    "nat": lambda node: node["gates"] == {"0": PACKETS // 2, "1": PACKETS // 2},
    "lb": lambda node: node["counters"]["lb.other"] == 0,
    "monitor": lambda node: 1000 < node["counters"]["monitor.flows"] <= 2048,
    "payload": lambda node: 40 < node["drops"]["dropped by module"] < PACKETS / 20,
}


def test_there_is_traffic_for_every_example() -> None:
    assert set(TRAFFIC) == set(WORK) == {example.name for example in EXAMPLES}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_packets_are_work(example: Example, run_fpcc: RunFpcc, tmp_path: Path) -> None:
    capture, module = tmp_path / "traffic.pcap", tmp_path / f"{example.name}.fpm"
    write_traffic(example.source, example.args, capture)
    frames = read_capture(capture)
    assert len(frames) == PACKETS and {len(frame) for frame in frames} == {SIZE}
    assert run_fpcc("build", example.source, "-o", module).returncode == 0
    args = ("--args", example.args) if example.args else ()
    node: dict[str, Any] = json.loads(run_fpcc("run", module, *args, "--in", capture, "--json").stdout)[
        "nodes"
    ][0]
    assert WORK[example.name](node), node
    assert not any(value for name, value in node["counters"].items() if name.endswith(".malformed"))


def test_it_is_the_same_each_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        for example in EXAMPLES[:4]:
            write_traffic(example.source, example.args, tmp_path / f"{example.name}-{name}.pcap")
    for example in EXAMPLES[:4]:
        first, second = (tmp_path / f"{example.name}-{name}.pcap" for name in ("a", "b"))
        assert first.read_bytes() == second.read_bytes()
