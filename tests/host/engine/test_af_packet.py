"""Live interfaces as inputs and outputs of a graph: other nodes go on while nothing arrives."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.host.engine.graphs import Json, generator, graph, module, node, nowhere, path, running
from tests.host.run.conftest import MakeModule
from tests.host.run.live import SWAP, frame_of
from tests.network import drain, ip, open_end

pytestmark = pytest.mark.usefixtures("network")


def live_graph(make_module: MakeModule) -> Json:
    nodes = [
        node("wire", "input", type="af_packet", interface="in", packets=101),
        module("swap", make_module(SWAP)),
        node("back", "output", type="af_packet", interface="out"),
        generator("pool"),
        nowhere("sink"),
    ]
    return graph(nodes, [*path("wire", "swap", "back"), *path("pool", "sink")])


def test_packets_go_through_and_what_is_lost_is_counted(
    fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    ip("link", "set", "out", "mtu", "1000")
    frames = [frame_of(number) for number in range(100)]
    with (
        open_end("far-in") as sender,
        open_end("far-out") as receiver,
        running(fphost, live_graph(make_module), tmp_path) as host,
    ):
        host.wait_for("sink", 960)  # although no packet has come to the other input
        for frame in [*frames, frame_of(100, 1200), frame_of(101)]:
            sender.send(frame)
        host.wait_for("back", 101)
        report = host.finish()
        assert drain(receiver) == [frame[6:12] + frame[:6] + frame[12:] for frame in frames]
    report.check_accounts()
    assert report.counts("back")["drops"] == {"too long for the output": 1}
    assert report.counts("wire")["in"] == 101


@pytest.mark.parametrize("side", ["in", "out"])
def test_an_interface_that_goes_down_is_said_once(
    side: str, fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    with running(fphost, live_graph(make_module), tmp_path) as host:
        ip("link", "set", side, "down")
        while not any(event["event"] == "error" for event in host.events):
            time.sleep(0.01)
        time.sleep(0.3)  # it looks every 0.1 s
        said = [event["text"] for event in host.events if event["event"] == "error"]
        host.finish().check_accounts()
    name = {"in": "input", "out": "output"}[side]
    assert said == [f"{name}: af_packet:{side}: the interface went down"]
