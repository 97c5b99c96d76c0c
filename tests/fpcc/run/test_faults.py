"""A module that faults: the report names file and line, the policy takes over, the status says so."""

from __future__ import annotations

from pathlib import Path

from fpcc.run_result import describe
from tests.conftest import RunFpcc
from tests.fpcc.run.conftest import FAULTY_LINE, RunJson
from tests.nfs.capture_file import read_capture


def test_the_report_names_the_line(run_fpcc: RunFpcc, crashing: Path, demo: Path) -> None:
    done = run_fpcc("run", crashing, "--in", demo)
    assert done.returncode == 4
    assert f"crashing.c:{FAULTY_LINE}" in done.stderr and "in process()" in done.stderr
    assert "= 7;" in done.stderr and "one of 96 to 127" in done.stderr
    assert "dropped: fault" in done.stdout and "1 fault" in done.stdout


def test_the_document_holds_the_report(run_json: RunJson, crashing: Path, demo: Path) -> None:
    status, said = run_json(crashing, "--in", demo)
    (fault,) = said["faults"]
    assert (status, said["outcome"], said["nodes"][0]["faults"]) == (4, "faulted", 1)
    assert f"crashing.c:{FAULTY_LINE}" in fault["report"] and fault["packet"] == 96
    assert [log["text"] for log in said["logs"]] == ["0 bytes of arguments"]


def test_bypass_lets_the_packets_pass(run_json: RunJson, crashing: Path, demo: Path, tmp_path: Path) -> None:
    _, said = run_json(crashing, "--in", demo, "--out", tmp_path / "out.pcap", "--policy", "bypass")
    assert said["out"] == said["in"] == len(read_capture(tmp_path / "out.pcap"))
    assert said["nodes"][0]["bypassed"] > 0


def test_each_module_has_its_fault_capture(
    run_json: RunJson, crashing: Path, macswap: Path, demo: Path, tmp_path: Path
) -> None:
    run_json(crashing, macswap, "--in", demo, "--fault-capture", tmp_path / "faults.pcap")
    batch = read_capture(demo)[96:128]
    assert [p.data for p in read_capture(tmp_path / "faults.crashing-wonly.pcap")] == [p.data for p in batch]
    assert read_capture(tmp_path / "faults.macswap-wonly.pcap") == []


def test_a_fault_is_reported_though_the_module_has_gone(tmp_path: Path) -> None:
    event = {"event": "fault", "node": "nat", "kind": "guard", "detail": "", "call": "process"}
    assert describe(tmp_path / "nat.fpm", event).startswith("nat: fault: guard")


def test_many_faults_are_counted_not_shown(run_fpcc: RunFpcc, restarting: Path) -> None:
    done = run_fpcc("run", restarting)
    assert done.returncode == 4
    assert done.stderr.count("fault: division by zero") == 3
    assert "more faults, not shown" in done.stderr
