"""`fpcc filter` as a person uses it."""

from __future__ import annotations

from pathlib import Path
from random import Random

from fpcc.module_file import read_module
from tests.conftest import RunFpcc
from tests.filters.directed import FRAME_MAX
from tests.filters.interpreter import first_of, match_offline
from tests.nfs.driver import Packet
from tests.nfs.protected import run_module
from tests.nfs.random_frames import any_frame

EXPRESSIONS = ("tcp dst port 80", "udp or icmp")


def test_a_module_is_built_explained_and_runs(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    module = tmp_path / "split.fpm"
    done = run_fpcc("filter", *EXPRESSIONS, "-o", module, "--emit-c")
    assert done.returncode == 0, done.stderr
    assert "(000) ldh      [12]\n" in done.stdout
    assert "static inline bool matches_1(const uint8_t *data, uint32_t len)\n" in done.stdout
    assert "gate 0: tcp dst port 80\ngate 1: udp or icmp\ngate 2: everything else\n" in done.stdout
    assert f"{module.stat().st_size:,} in all" in done.stdout
    assert read_module(module).manifest.name == "split"
    frames = [any_frame(random)[:FRAME_MAX] for random in [Random(5)] for _ in range(500)]
    expected = first_of([match_offline(expression, frames) for expression in EXPRESSIONS])
    gates = run_module(module, [Packet(frame) for frame in frames], "", tmp_path).gates
    assert gates == {gate: expected.count(gate) for gate in range(3)}


def test_the_c_it_writes_is_what_the_module_was_built_from(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    assert run_fpcc("filter", "udp", "-q", "--emit-c", "-o", tmp_path / "udp.fpm").stdout == ""
    again = tmp_path / "again.fpm"
    assert run_fpcc("build", tmp_path / "udp.c", "--mode=rw", "-o", again).returncode == 0
    assert (tmp_path / "udp.fpm").read_bytes() == again.read_bytes()


def test_a_mistake_is_a_message(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    done = run_fpcc("filter", "udp", "tcp port", "-o", tmp_path / "x.fpm")
    assert (done.returncode, done.stderr) == (1, "x: filter 1 (tcp port): syntax error\n")
    assert not (tmp_path / "x.fpm").exists()
    assert run_fpcc("filter", "udp", "--emit-c").returncode == 2
    assert run_fpcc("filter").returncode == 2
    done = run_fpcc("filter", "udp", "-o", tmp_path / "no" / "x.fpm")
    assert done.returncode == 1
    assert "cannot be written" in done.stderr


def test_an_expression_cannot_leave_its_comment(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    """What divides begins no comment, and what multiplies ends none."""
    done = run_fpcc("filter", "ip[0]*ip[1]/ip[8]=1\n or\tudp", "-o", tmp_path / "x.fpm", "--emit-c")
    assert done.returncode == 0, done.stderr
    assert "/* ip[0]*ip[1]/ip[8]=1? or?udp */\n" in (tmp_path / "x.c").read_text()
