"""`fpcc run MODULE...`, end to end: packets, counts, refusals, and what is said about each."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from fpcc.decisions_file import DECISIONS
from tests.conftest import RunFpcc
from tests.fpcc.run.conftest import BuildModule, RunJson
from tests.host.run.capture_files import Captured, write_capture
from tests.nfs.capture_file import read_capture


def swap(frame: bytes) -> bytes:
    return frame[6:12] + frame[:6] + frame[12:]


@pytest.fixture
def firewall(repo: Path, build_module: BuildModule) -> Path:
    return build_module(repo / "examples/nfs/firewall.c")


@pytest.fixture
def rules(repo: Path) -> Path:
    return repo / "examples/nfs/args/firewall.rules"


def test_packets_come_out_as_the_module_left_them(
    run_json: RunJson, macswap: Path, demo: Path, tmp_path: Path
) -> None:
    status, said = run_json(macswap, "--in", demo, "--out", tmp_path / "out.pcap")
    before, after = read_capture(demo), read_capture(tmp_path / "out.pcap")
    assert (status, said["outcome"], said["error"]) == (0, "done", None)
    assert [packet.data for packet in after] == [swap(packet.data) for packet in before]
    assert [packet.timestamp for packet in after] == [packet.timestamp for packet in before]


def test_every_packet_is_accounted_for(
    run_json: RunJson, firewall: Path, rules: Path, demo: Path, tmp_path: Path
) -> None:
    _, said = run_json(firewall, "--args", rules, "--in", demo, "--out", tmp_path / "out.pcap")
    (node,) = said["nodes"]
    assert said["in"] == node["in"] == len(read_capture(demo))
    assert said["out"] == node["gates"]["0"] == len(read_capture(tmp_path / "out.pcap"))
    assert said["drops"] == node["drops"] == {"dropped by module": said["in"] - said["out"]}
    assert node["counters"]["firewall.dropped"] == said["in"] - said["out"] > 0
    assert said["packets_per_second"] > 0 and node["ns_per_packet"] > 0


def test_the_guard_summary_is_the_manifest_s(
    run_json: RunJson, run_fpcc: RunFpcc, macswap: Path, demo: Path
) -> None:
    _, said = run_json(macswap, "--in", demo)
    guards = said["nodes"][0]["guards"]
    assert guards["accesses"] == sum(guards[kind] for kind in DECISIONS)
    shown = run_fpcc("run", macswap, "--in", demo).stdout
    assert f"{guards['checks']:,}" in shown and "wonly, segment" in shown


def test_the_tables_say_what_the_document_says(
    run_json: RunJson, run_fpcc: RunFpcc, firewall: Path, rules: Path, demo: Path
) -> None:
    words = (firewall, "--args", rules, "--in", demo)
    _, said = run_json(*words)
    done = run_fpcc("run", *words)
    dropped = said["in"] - said["out"]
    assert f"{said['in']:,} packets in, {said['out']:,} out, {dropped:,} dropped" in done.stdout
    for part in (
        "gate 0",
        "dropped by module",
        "firewall.dropped",
        f"{said['out'] / said['in']:.1%}",
        "packets/s",
    ):
        assert part in done.stdout
    assert "info: rule on line" in done.stderr and "info: rule on line" not in done.stdout


@pytest.mark.parametrize("place", ["options", "graph"])
def test_a_paced_capture_takes_as_long_as_it_took(
    place: str, run_json: RunJson, macswap: Path, tmp_path: Path
) -> None:
    gap = 300_000_000
    write_capture(tmp_path / "in.pcap", [Captured(bytes(60), number * gap) for number in range(2)])
    graph = tmp_path / "graph.toml"
    graph.write_text(
        f'[input]\ntype = "pcap"\npath = "in.pcap"\npaced = true\n[output]\ntype = "null"\n'
        f'[[node]]\nname = "only"\nmodule = "{macswap}"\n'
    )
    words = (macswap, "--in", tmp_path / "in.pcap", "--paced") if place == "options" else (graph,)
    before = time.monotonic_ns()
    assert run_json(*words)[1]["in"] == 2
    assert time.monotonic_ns() - before >= gap


def test_modules_in_a_row(run_json: RunJson, macswap: Path, demo: Path, tmp_path: Path) -> None:
    _, said = run_json(macswap, macswap, "--in", demo, "--out", tmp_path / "out.pcap", "--batch", "64")
    assert [node["node"] for node in said["nodes"]] == ["macswap-wonly", "macswap-wonly-2"]
    assert [p.data for p in read_capture(tmp_path / "out.pcap")] == [p.data for p in read_capture(demo)]


@pytest.fixture
def both(firewall: Path, macswap: Path) -> tuple[Path, Path]:
    """A module that needs an argument file, and one that takes none."""
    return firewall, macswap


@pytest.mark.parametrize("prefix", ["", "firewall-wonly="])
def test_args_by_order_and_by_name(
    prefix: str, run_json: RunJson, both: tuple[Path, Path], rules: Path, demo: Path
) -> None:
    modules = both if not prefix else both[::-1]
    status, said = run_json(*modules, "--args", f"{prefix}{rules}", "--in", demo)
    assert status == 0 and said["out"] < said["in"]


def test_a_module_that_does_not_start(run_fpcc: RunFpcc, firewall: Path, demo: Path) -> None:
    done = run_fpcc("run", firewall, "--in", demo)
    assert done.returncode == 4 and done.stdout == ""
    assert "init() refused to start" in done.stderr and "does not say `default accept`" in done.stderr


def test_a_damaged_module_is_refused(run_fpcc: RunFpcc, macswap: Path, demo: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.fpm"
    damaged.write_bytes(macswap.read_bytes()[:2000])
    done = run_fpcc("run", damaged, "--in", demo)
    assert done.returncode == 4 and "damaged" in done.stderr and "Traceback" not in done.stderr


def test_unprotected_modules_are_refused(run_fpcc: RunFpcc, unprotected: Path, demo: Path) -> None:
    done = run_fpcc("run", unprotected, "--in", demo)
    assert done.returncode == 4 and done.stdout == ""
    assert done.stderr.startswith(f"{unprotected}: refused: it is unprotected (mode `none`)")
    assert "--allow-unprotected" in done.stderr


def test_unprotected_modules_run_if_that_is_allowed(run_fpcc: RunFpcc, unprotected: Path, demo: Path) -> None:
    done = run_fpcc("run", unprotected, "--in", demo, "--allow-unprotected")
    assert done.returncode == 0 and "packets in" in done.stdout
    assert "warning: macswap-none is unprotected" in done.stderr


def test_a_refusal_is_a_document_too(run_json: RunJson, unprotected: Path, demo: Path) -> None:
    status, said = run_json(unprotected, "--in", demo)
    assert (status, said["outcome"], said["nodes"], said["faults"]) == (4, "refused", [], [])
    assert "unprotected" in said["error"]


def test_an_output_that_cannot_be_written(
    run_fpcc: RunFpcc, macswap: Path, demo: Path, tmp_path: Path
) -> None:
    done = run_fpcc("run", macswap, "--in", demo, "--out", tmp_path / "missing" / "out.pcap")
    assert done.returncode == 1 and str(tmp_path / "missing" / "out.pcap") in done.stderr
