"""`fpcc ctl trace`, `tap` and `untap`, as a user sees them."""

from __future__ import annotations

import re
import signal
import subprocess
from pathlib import Path

from tests.conftest import RunFpcc
from tests.graph.serving import FPCC, GRAPH, serving, write_graph
from tests.interrupts import interrupts_heeded
from tests.nfs.capture_file import iterate_capture, read_capture

# A turn of a node in the text of a trace: node, tenant, what became of the packet.
TURN = r"^ +[\d.,]+ µs  (\w+) \((\w+)\) +worker [01], .*cycles a packet in a batch of \d+: (.*)$"

# Packets of an even source port are dropped before nf.
FILTERED = GRAPH.replace('from = "in"\nto = "nf"', 'from = "in"\nto = "nf"\nfilter = "udp[1] & 1 = 1"')


def test_a_trace_as_text(tmp_path: Path, macswap: Path, run_fpcc: RunFpcc) -> None:
    with serving(write_graph(tmp_path / "g.toml", macswap), run_fpcc) as service:
        done = service.ctl("trace", "udp", "and", "src", "net", "10.0.0.0/8", "--count", "2")
        none = service.ctl("trace", "tcp", "--timeout", "0.01")
        service.ask("stop")
        service.finish()
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert none.stdout == "no packet matched\n"
    packets = re.split(r"^packet \d+:\n", done.stdout, flags=re.MULTILINE)
    assert packets[0] == ""
    assert len(packets) == 3
    for packet in packets[1:]:
        turns = re.findall(TURN, packet, re.MULTILINE)
        stayed = [turn for turn in turns if not turn[2].startswith("moved to worker ")]
        assert stayed == [
            ("in", "red", "gate 0 to nf"),
            ("nf", "red", "gate 0, copied to out"),
            ("out", "blue", "sent"),
        ]
        assert len(re.findall(r"^ +IP 10\.[\d.]+ > 172\.[\d.]+: UDP, length \d+$", packet, re.MULTILINE)) == 1


def test_an_interrupt_ends_a_trace_with_what_there_is(
    tmp_path: Path, macswap: Path, run_fpcc: RunFpcc
) -> None:
    """Also in the host: nine times in a row there would be no place for another."""
    with serving(write_graph(tmp_path / "g.toml", macswap), run_fpcc) as service, interrupts_heeded():
        words = [FPCC, "ctl", "--control", service.control, "trace", "tcp", "--timeout", "60"]
        ends = [interrupt(words) for _ in range(9)]
        service.ask("stop")
        service.finish()
    assert ends == [(0, "no packet matched\n")] * 9


def interrupt(words: list[str | Path]) -> tuple[int, str]:
    """Status and output of a command that is interrupted while it waits."""
    waiting = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    while not is_asking(waiting):
        assert waiting.poll() is None
    waiting.send_signal(signal.SIGINT)
    said, _ = waiting.communicate()
    return waiting.returncode, said


def is_asking(process: subprocess.Popen[str]) -> bool:
    """Whether it sleeps between two questions."""
    return "nanosleep" in Path(f"/proc/{process.pid}/wchan").read_text()


def test_a_trace_through_filters_of_edges(tmp_path: Path, macswap: Path, run_fpcc: RunFpcc) -> None:
    with serving(write_graph(tmp_path / "g.toml", macswap, FILTERED), run_fpcc) as service:
        packets = service.ask("trace", "--count", "100")["packets"]
        service.ask("stop")
        service.finish()
    for packet in packets:
        hops = [hop for hop in packet["hops"] if hop["fate"] != "moved"]
        odd = bytes.fromhex(hops[0]["head"])[35] & 1
        assert [hop["node"] for hop in hops] == ["in", "in.filter", *(["nf", "out"] if odd else [])]
        assert hops[-1].get("reason") == (None if odd else "gate leads nowhere")
    assert len(packets) == 100


def test_a_bad_filter_is_said_clearly(tmp_path: Path, macswap: Path, run_fpcc: RunFpcc) -> None:
    capture = tmp_path / "x.pcap"
    with serving(write_graph(tmp_path / "g.toml", macswap), run_fpcc) as service:
        for words in (("trace", "tcp port"), ("tap", "nf", capture, "--filter", "tcp port")):
            done = service.ctl(*words)
            assert (done.returncode, done.stdout) == (1, "")
            assert "filter (tcp port): syntax error" in done.stderr
        looked_up = service.ctl("trace", "host example.org")
        assert "would be looked up" in looked_up.stderr
        assert 'there is no node "nfx"' in service.ctl("trace", "--node", "nfx").stderr
        service.ask("stop")
        service.finish()
    assert not capture.exists()


def test_a_tap_from_beginning_to_end(tmp_path: Path, macswap: Path, run_fpcc: RunFpcc) -> None:
    capture = tmp_path / "nf.pcap"
    with serving(write_graph(tmp_path / "g.toml", macswap), run_fpcc) as service:
        assert service.ctl("tap", "nf", capture, "--gate", "0").stdout == f"nf is tapped to {capture}\n"
        service.wait_for("nf", 10_000)
        refused = service.ctl("tap", "nf", tmp_path / "other.pcap")
        report = service.ctl("report").stdout
        ended = service.ctl("untap", "nf").stdout
        again = service.ctl("untap", "nf")
        service.ask("stop")
        service.finish()
    said = re.fullmatch(r"nf: ([\d,]+) packets written, [\d,]+ missed\n", ended)
    assert said
    assert len(read_capture(capture)) == int(said[1].replace(",", "")) > 0
    assert re.search(r"^ *nf +gate 0 +\d+ +[\d,]+ +[\d,]+ +running", report, re.MULTILINE)
    assert "node nf is tapped already" in refused.stderr
    assert not (tmp_path / "other.pcap").exists()
    assert (again.returncode, "has no tap" in again.stderr) == (1, True)


def test_a_tap_to_a_pipe(tmp_path: Path, macswap: Path, run_fpcc: RunFpcc) -> None:
    """`fpcc ctl tap nf - | ...` ends when the packets that were wanted are there."""
    with serving(write_graph(tmp_path / "g.toml", macswap), run_fpcc) as service:
        words = [FPCC, "ctl", "--control", service.control, "tap", "nf", "-", "--count", "50"]
        done = subprocess.run(words, stdout=subprocess.PIPE, check=True)
        service.ask("stop")
        service.finish()
    assert len(list(iterate_capture(done.stdout))) == 50
