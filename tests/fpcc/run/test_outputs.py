"""Outputs that cannot be written: what is said, and that nobody takes the capture for a whole one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import RunFpcc
from tests.fpcc.run.conftest import RunJson
from tests.nfs.capture_file import read_capture, write_capture


@pytest.mark.parametrize("option", ["--out", "--fault-capture"])
def test_an_output_that_cannot_be_made(option: str, run_fpcc: RunFpcc, macswap: Path, demo: Path) -> None:
    done = run_fpcc("run", macswap, "--in", demo, option, "/nonexist/o.pcap")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "cannot write /nonexist/o.pcap: No such file or directory\n"


@pytest.mark.parametrize("words", [(), ("--batch", "64")])
def test_an_output_that_is_full_is_told_to_be_incomplete(
    words: tuple[str, ...], run_fpcc: RunFpcc, macswap: Path, demo: Path
) -> None:
    done = run_fpcc("run", macswap, "--in", demo, "--out", "/dev/full", *words)
    assert done.returncode == 1
    assert done.stderr == "cannot write /dev/full: No space left on device\n"
    assert "the output has failed and is incomplete" in done.stdout


def test_the_last_packets_that_do_not_fit_are_told_too(
    run_json: RunJson, macswap: Path, demo: Path, tmp_path: Path
) -> None:
    """So few that all wait in the buffer until the file is closed."""
    few = tmp_path / "few.pcap"
    write_capture(few, read_capture(demo)[:3])
    status, said = run_json(macswap, "--in", few, "--out", "/dev/full")
    assert (status, said["outcome"], said["in"], said["incomplete"]) == (1, "failed", 3, True)
    status, said = run_json(macswap, "--in", few, "--out", tmp_path / "out.pcap")
    assert (status, said["outcome"], said["out"], said["incomplete"]) == (0, "done", 3, False)
