"""Taps: what passes a node is copied to a file, and whatever the file does, packets flow on."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from fpcc.control.tracing import encode_filter
from tests.host.engine.graphs import Json, Running, generator, graph, module, node, nowhere, path, running
from tests.host.engine.watching import ask_with, find_tap, full_pipe, tap, untap, wait_for_tap
from tests.host.run.capture_files import Captured, read_capture, write_capture
from tests.host.run.conftest import MakeModule
from tests.host.run.sources import PASS, process

ENDLESS = 1 << 40
FEW = 300  # fewer than there are places for copies: none is missed, however busy the machine is

# By turns gates 0 and 1, the packet being marked.
SPLIT = process(
    """
	for (unsigned i = 0; i < batch->count; i++) {
		batch->packet[i].gate = batch->packet[i].data[0] & 1;
		batch->packet[i].data[1] = 0xee;
	}
	"""
)


def silent(tmp_path: Path) -> Json:
    """An input that has no packets."""
    return node("in", "input", type="pcap", path=str(write_capture(tmp_path / "none.pcap", [])))


def replay(tmp_path: Path, *modules: Path) -> list[Json]:
    """A graph that does nothing, and one with packets: in -> copy (mirror) -> nf -> out, or another."""
    frames = [Captured(bytes([i % 256, i // 256]) * 30, time=1_000_000_000 + i) for i in range(FEW)]
    write_capture(tmp_path / "in.pcap", frames)
    nodes = [
        node("copy", "mirror", path=str(tmp_path / "mirror.pcap")),
        node("out", "output", type="pcap", path=str(tmp_path / "out.pcap")),
        nowhere("other"),
    ]
    edges = [*path("in", "copy", "nf", "out"), {"from": "nf", "gate": 1, "to": "other"}]
    inputs = [silent(tmp_path), node("in", "input", type="pcap", path=str(tmp_path / "in.pcap"))]
    pairs = zip(inputs, modules, strict=True)
    return [graph([source, module("nf", file), *nodes], edges) for source, file in pairs]


def test_a_tap_has_what_others_wrote_packet_for_packet(
    fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    """Bytes and time stamps, in order; and an update keeps taps, though nf is another module then."""
    idle, busy = replay(tmp_path, make_module(PASS), make_module(SPLIT))
    with running(fphost, idle, tmp_path) as host:
        tap(host, "copy", tmp_path / "came.pcap")
        tap(host, "nf", tmp_path / "gate1.pcap", gate=1)
        tap(host, "out", tmp_path / "out-tap.pcap", "ether[0] < 100", count=20)
        assert host.ask(do="update", graph=busy)["ok"]
        host.wait_for("nf", FEW)
        host.wait_for("out", FEW // 2)
        ended = wait_for_tap(host, "out", state="ended")
        assert (ended["written"], ended["missed"]) == (20, 0)
        found = {name: untap(host, name) for name in ("copy", "nf", "out")}
        assert host.ask(do="report")["report"]["taps"] == []
        host.finish().check_accounts()
    assert [found[name]["written"] for name in found] == [FEW, FEW // 2, 20]
    assert {tap["missed"] for tap in found.values()} == {0}
    came, mirrored = read_capture(tmp_path / "came.pcap"), read_capture(tmp_path / "mirror.pcap")
    assert came == mirrored == read_capture(tmp_path / "in.pcap")
    marked = [Captured(bytes([p.frame[0], 0xEE]) + p.frame[2:], p.time, p.wire) for p in came]
    assert read_capture(tmp_path / "gate1.pcap") == [p for p in marked if p.frame[0] & 1]
    sent = read_capture(tmp_path / "out.pcap")
    assert sent == [p for p in marked if not p.frame[0] & 1]
    assert read_capture(tmp_path / "out-tap.pcap") == [p for p in sent if p.frame[0] < 100][:20]


def test_a_tap_of_several_workers_has_all_packets(fphost: Path, tmp_path: Path) -> None:
    """Where they are received, and where they are sent: each once, whichever worker has it."""
    few = node("in", "input", type="pool", packets=FEW, count=FEW)
    chosen = {"tenants": [{"name": "a", "buffers": 4096}], "cores": [0, 0]}
    middle = [node("count", "counter"), nowhere()]
    edges = path("in", "count", "out")
    with running(fphost, graph([silent(tmp_path), *middle], edges, **chosen), tmp_path) as host:
        for name in ("in", "out"):
            tap(host, name, tmp_path / f"{name}.pcap")
        kept = graph([few, *middle], edges, **chosen)
        assert host.ask(do="update", graph=kept)["ok"]
        while host.report().sum("sent") < FEW:
            pass
        written = [untap(host, name) for name in ("in", "out")]
        host.finish().check_accounts()
    assert [(tap["written"], tap["missed"], tap["state"]) for tap in written] == [(FEW, 0, "ended")] * 2
    received, sent = (sorted(read_capture(tmp_path / f"{n}.pcap"), key=repr) for n in ("in", "out"))
    assert received == sent


def flowing() -> Json:
    return graph(
        [generator(packets=ENDLESS), node("count", "counter"), nowhere()], path("in", "count", "out")
    )


def test_a_pipe_that_nobody_reads_keeps_nobody_waiting(fphost: Path, tmp_path: Path) -> None:
    """Packets flow, requests are answered; what found no place is missed; the tap ends all the same."""
    reader, writer = full_pipe()
    with running(fphost, flowing(), tmp_path) as host:
        assert ask_with(host, {"do": "tap", "node": "count"}, writer) == {"ok": True}
        while find_tap(host, "count")["missed"] < 10_000:
            host.wait_for("count", host.report().counts("count")["in"] + 1000)
        assert host.ask(do="untap", node="count")["tap"]["state"] == "ending"
        before = host.report().counts("count")["in"]
        host.wait_for("count", before + 1000)
        ended = untap(host, "count")
        assert (ended["state"], "cannot write the capture" in ended["error"]) == ("failed", True)
        host.finish().check_accounts()
    os.close(reader)
    os.close(writer)


def test_a_pipe_that_is_read_slowly_gets_a_capture(fphost: Path, tmp_path: Path) -> None:
    reader, writer = full_pipe()
    said: list[bytes] = []
    with running(fphost, flowing(), tmp_path) as host:
        assert ask_with(host, {"do": "tap", "node": "count"}, writer) == {"ok": True}
        os.close(writer)
        while not find_tap(host, "count")["missed"]:
            host.wait_for("count", host.report().counts("count")["in"] + 1000)
        drain = threading.Thread(target=lambda: said.extend(iter(lambda: os.read(reader, 65536), b"")))
        drain.start()
        while find_tap(host, "count")["written"] < 1000:
            host.wait_for("count", host.report().counts("count")["in"] + 1000)
        ended = untap(host, "count")
        drain.join()
        host.finish().check_accounts()
    os.close(reader)
    capture = tmp_path / "out.pcap"
    capture.write_bytes(b"".join(said).lstrip(b"\0"))
    assert ended["state"] == "ended"
    assert len(read_capture(capture)) == ended["written"]


def test_a_tap_whose_file_is_gone_fails_alone(fphost: Path, tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with running(fphost, flowing(), tmp_path) as host:
        assert ask_with(host, {"do": "tap", "node": "count"}, writer) == {"ok": True}
        failed = wait_for_tap(host, "count", state="failed")
        tap(host, "count", tmp_path / "again.pcap", count=5)
        wait_for_tap(host, "count", state="ended", written=5)
        host.finish().check_accounts()
    os.close(writer)
    assert failed["error"] == "cannot write the capture: Broken pipe"
    assert len(read_capture(tmp_path / "again.pcap")) == 5


def test_a_tap_ends_with_its_node(fphost: Path, tmp_path: Path) -> None:
    """What was written until then is there."""
    with running(fphost, flowing(), tmp_path) as host:
        tap(host, "count", tmp_path / "tap.pcap")
        while not find_tap(host, "count")["written"]:
            pass
        assert host.ask(do="update", graph=graph([generator(), nowhere()], path("in", "out")))["ok"]
        ended = wait_for_tap(host, "count", state="ended")
        host.finish().check_accounts()
    assert len(read_capture(tmp_path / "tap.pcap")) == ended["written"] > 0


def test_the_end_of_the_host_writes_what_taps_have(fphost: Path, tmp_path: Path) -> None:
    reader, writer = full_pipe()
    with running(fphost, flowing(), tmp_path) as host:
        tap(host, "count", tmp_path / "tap.pcap")
        assert ask_with(host, {"do": "tap", "node": "in"}, writer) == {"ok": True}
        while not find_tap(host, "count")["written"]:
            pass
        report = host.finish()
    os.close(reader)
    os.close(writer)
    least = next(entry for entry in report.whole["taps"] if entry["node"] == "count")["written"]
    assert len(read_capture(tmp_path / "tap.pcap")) >= least > 0


def test_taps_that_make_no_sense_are_refused(fphost: Path, tmp_path: Path) -> None:
    """Nothing is left open, and the file stays as it was."""
    kept = tmp_path / "kept"
    kept.write_text("as it was")
    with kept.open("r+b") as file, kept.open("rb") as readable, running(fphost, flowing(), tmp_path) as host:
        directory = os.open(tmp_path, os.O_RDONLY)
        tap(host, "in", tmp_path / "in.pcap")
        opened = len(os.listdir(f"/proc/{host.process.pid}/fd"))
        good = file.fileno()
        refused: list[tuple[str, Json, tuple[int, ...]]] = [
            ("one file must come with the request", {"node": "count"}, ()),
            ("one file must come with the request", {"node": "count"}, (good, good)),
            ("open for reading only", {"node": "count"}, (readable.fileno(),)),
            ("must be a file or a pipe", {"node": "count"}, (directory,)),
            ('no node "none"', {"node": "none"}, (good,)),
            ("node in is tapped already, by user 0", {"node": "in"}, (good,)),
            ("node out is of kind output and has no gates", {"node": "out", "gate": 0}, (good,)),
            ("gate is 64; allowed are 0 to 63", {"node": "count", "gate": 64}, (good,)),
            ("instruction 0", {"node": "count", "filter": [[0x50, 0, 0, 0]]}, (good,)),
            ("is missing", {}, (good,)),
        ]
        for reason, request, files in refused:
            reply = ask_with(host, {"do": "tap", **request}, *files)
            assert reply["ok"] is False
            assert reason in reply["error"], request
            assert host.events[-1]["event"] == "refused"
        assert len(os.listdir(f"/proc/{host.process.pid}/fd")) == opened
        assert [entry["node"] for entry in host.ask(do="report")["report"]["taps"]] == ["in"]
        assert "has no tap" in host.ask(do="untap", node="count")["error"]
        os.close(directory)
        host.finish()
    assert kept.read_text() == "as it was"


def test_a_filter_of_a_tap_is_the_packets_it_matches(fphost: Path, tmp_path: Path) -> None:
    with running(fphost, flowing(), tmp_path) as host:
        tap(host, "count", tmp_path / "odd.pcap", "udp[1] & 1 = 1", count=100)
        wait_for_tap(host, "count", state="ended")
        assert ask_with(host, {"do": "untap", "node": "count"})["tap"]["written"] == 100
        host.finish()
    assert all(packet.frame[35] & 1 for packet in read_capture(tmp_path / "odd.pcap"))
    assert encode_filter("") == {}


def refused_tap(host: Running, file: Path) -> str:
    """What is said to a tap of `count` to a file that is there."""
    with file.open("ab") as opened:
        return str(ask_with(host, {"do": "tap", "node": "count"}, opened.fileno())["error"])


def test_a_tap_empties_no_file_of_the_graph_or_of_another_tap(fphost: Path, tmp_path: Path) -> None:
    write_capture(tmp_path / "in.pcap", [Captured(bytes(60), 1)])
    before = (tmp_path / "in.pcap").read_bytes()
    nodes = [
        node("in", "input", type="pcap", path=str(tmp_path / "in.pcap")),
        node("count", "counter"),
        node("out", "output", type="pcap", path=str(tmp_path / "out.pcap")),
    ]
    with running(fphost, graph(nodes, path("in", "count", "out")), tmp_path) as host:
        host.wait_for("out", 1)
        tap(host, "in", tmp_path / "tap.pcap")
        said = [refused_tap(host, tmp_path / name) for name in ("in.pcap", "out.pcap", "tap.pcap")]
        host.finish()
    assert all("name another" in text for text in said)
    assert (tmp_path / "in.pcap").read_bytes() == before
    assert len(read_capture(tmp_path / "out.pcap")) == 1
