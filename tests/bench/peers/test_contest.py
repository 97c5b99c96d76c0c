"""A peer that does otherwise is an error that names NF, packet and peer; one that is not there says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.examples import NFS
from bench.frames import TCP, Tuple5, make_ipv4, write_capture
from bench.peers.contest import run_peers
from bench.peers.driver_program import Job, Outcome
from bench.peers.ebpf_peer import EBPF
from bench.peers.figures import Skipped, rows_of_driver
from bench.peers.native_peers import HOT, build_reference
from bench.peers.peer import NotExpressible, Peer
from fpcc.benchmark.contest import AGAIN, REFERENCE
from fpcc.benchmark.measure import SITTING, BenchFailed, Rounds
from fpcc.errors import ToolError

PACKETS = 64
HEAD = "#include <fastpaas/nf.h>\nstatic int counter;\n"
INIT = 'int init(const struct fp_args *args) { counter = fp_counter("seen"); return args->len != 0; }\n'
LOOP = "for (uint32_t i = 0; i < batch->count; i++) { struct fp_packet *packet = &batch->packet[i]; %s }"


def write_nf(path: Path, body: str, init: str = INIT) -> Path:
    process = f"void process(struct fp_batch *batch) {{ fp_count(counter, batch->count); {LOOP % body} }}\n"
    path.write_text(HEAD + init + process)
    return path


def make_peer(other: Path) -> Peer:
    """Another source under the NF's name."""

    def build(_: Path, directory: Path) -> Path:
        (directory / "other").mkdir()
        return build_reference(other, directory / "other")

    return Peer("other", "native", lambda: "", build)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    capture = tmp_path / "traffic.pcap"
    write_capture(capture, [make_ipv4(Tuple5(number, number, TCP, number, 80)) for number in range(PACKETS)])
    source = write_nf(tmp_path / "honest.c", "packet->gate = packet->data[35] & 3;")
    return Job(source, capture, tmp_path, rounds=0, packets=PACKETS, instances=1)


LIES = {
    "a gate": (
        "packet->gate = packet->data[35] == 40 ? 7 : packet->data[35] & 3;",
        r"packet 40 .* gate 7 .* 0",
    ),
    "a byte": (
        "packet->gate = packet->data[35] & 3; packet->data[5] ^= packet->data[35] == 9;",
        r"packet 9 is .* other bytes",
    ),
    "a length": (
        "packet->gate = packet->data[35] & 3; packet->len -= packet->data[35] == 63;",
        r"packet 63 is .* 63 bytes long instead of 64",
    ),
    "a counter": (
        "packet->gate = packet->data[35] & 3; if (i == 5) fp_count(counter, 1);",
        r"its counters are .* seen is 66 instead of 64",
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_difference_is_named(lie: str, job: Job, tmp_path: Path) -> None:
    body, words = LIES[lie]
    peer = make_peer(write_nf(tmp_path / "liar.c", body))
    with pytest.raises(BenchFailed, match=rf"\Ahonest: {words}") as failed:
        list(run_peers(job, [peer]))
    assert f"after other as after {REFERENCE}" in str(failed.value)


def test_what_cannot_start_is_named(job: Job, tmp_path: Path) -> None:
    refusing = "int init(const struct fp_args *args) { return args != 0; }\n"
    peer = make_peer(write_nf(tmp_path / "refusing.c", "(void)packet;", refusing))
    with pytest.raises(ToolError, match=r"other \(1\): init\(\) refused to start"):
        list(run_peers(job, [peer]))


@pytest.mark.parametrize("when", ["found", "built"])
def test_what_is_not_there_is_skipped_with_the_reason(when: str, job: Job) -> None:
    def build(source: Path, _: Path) -> Path:
        raise NotExpressible(f"no {source.stem} here")

    find: Callable[[], str] = lambda: "no tool (get one)" if when == "found" else ""  # noqa: E731
    (skipped,) = run_peers(job, [Peer("absent", "native", find, build)])
    reason = "no tool (get one)" if when == "found" else "no honest here"
    assert skipped == Skipped("honest", "absent", reason)


def test_times_are_measured_and_related(job: Job) -> None:
    timed = Job(job.source, job.capture, job.drivers, rounds=SITTING + 2, packets=PACKETS, instances=2)
    (outcome,) = run_peers(timed, [make_peer(job.source)])
    assert not isinstance(outcome, Skipped)
    rows = {row.peer: row for row in rows_of_driver("honest", outcome, {}) if not isinstance(row, Skipped)}
    assert outcome.rounds.count == SITTING + 2
    assert rows[REFERENCE].ratio == 1.0
    assert rows.keys() == {REFERENCE, AGAIN, "other"}
    other = rows["other"]
    assert other.ratio_lo <= other.ratio <= other.ratio_hi


def test_ebpf_measures_whole_passes_only(job: Job) -> None:
    if missing := EBPF.find():
        pytest.skip(missing)
    macswap = Job(NFS / "macswap.c", job.capture, job.drivers, rounds=1, packets=PACKETS, instances=1)
    with pytest.raises(ToolError, match="64 packets instead of 4096"):
        list(run_peers(macswap, [EBPF]))


def test_hot_packets_are_what_ebpf_is_related_to() -> None:
    assert EBPF.reference == HOT


def test_what_nothing_is_left_of_has_no_ratio() -> None:
    """A program that takes no longer than the copying that is taken off."""
    outcome = Outcome(
        rounds=Rounds(ns={REFERENCE: [9.0, 9.0, 9.0], HOT: [5.0, 5.0, 5.0], "ebpf": [0.0, 0.0, 0.5]})
    )
    rows = {row.peer: row for row in rows_of_driver("macswap", outcome, {"ebpf": HOT})}
    assert isinstance(rows["ebpf"], Skipped)
    assert not isinstance(rows[HOT], Skipped)
