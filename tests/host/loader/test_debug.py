"""FASTPAAS_DEBUG=1 makes gdb show a module's functions and lines, FASTPAAS_PERF_MAP=1 perf its functions."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.host.loader.modules import Recipe, build_module

SOURCE = """\
#include <fastpaas/nf.h>
__attribute__((noinline)) static void deep(struct fp_batch *batch, int n)
{
	volatile int turn = n;
	if (turn == 0)
		*(volatile int *)8 = 1;
	deep(batch, n - 1);
	turn++;
}

void process(struct fp_batch *batch)
{
	deep(batch, 2);
	batch->packet[0].gate = 2;
}
"""


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_module(tmp_path_factory.mktemp("debug"), Recipe(SOURCE, compile=("-fno-plt", "-g", "-O1")))


@pytest.fixture(scope="session")
def program(host_program: Callable[[str], Path]) -> Path:
    return host_program("tests/host/loader/load_module")


def backtrace(program: Path, module: Path, **environment: str) -> str:
    """What gdb says after the module's wild write, from the innermost frame outwards."""
    script = [word for line in ("set debuginfod enabled off", "run", "bt") for word in ("-ex", line)]
    command = ["gdb", "-nx", "-batch", *script, "--args", str(program), "--run", str(module)]
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.skipif(shutil.which("gdb") is None, reason="gdb is not installed")
def test_gdb_shows_functions_lines_and_arguments(program: Path, module: Path) -> None:
    said = backtrace(program, module, FASTPAAS_DEBUG="1")
    assert f"n=0) at {module.parent}/nf.c:6" in said
    assert said.count(f"in deep (batch=<optimized out>, n=<optimized out>) at {module.parent}/nf.c:7") == 1
    assert f"at {module.parent}/nf.c:13" in said
    assert "in process (batch=0x" in said
    assert "in main (argc=" in said


@pytest.mark.skipif(shutil.which("gdb") is None, reason="gdb is not installed")
def test_without_being_asked_nothing_is_registered(program: Path, module: Path) -> None:
    assert "nf.c:6" not in backtrace(program, module)


def run_as_perf_map_owner(program: Path, module: Path, prepare: str) -> subprocess.CompletedProcess[str]:
    """Runs the loader in a process that first does `prepare`, in which $map is its perf map."""
    script = f'map=/tmp/perf-$$.map; {prepare}; echo $map; exec "$0" "$@"'
    return subprocess.run(
        ["sh", "-c", script, str(program), str(module)],
        env={**os.environ, "FASTPAAS_PERF_MAP": "1"},
        capture_output=True,
        text=True,
        check=True,
    )


def test_perf_finds_the_functions(program: Path, module: Path) -> None:
    said = run_as_perf_map_owner(program, module, "true").stdout.splitlines()
    path = Path(said[0])
    entries = [line.split() for line in path.read_text().splitlines()]
    path.unlink()
    assert sorted(name for _, _, name in entries) == ["sample:deep", "sample:process"]
    start, end = (int(word, 16) for word in said[1].split(" text ")[1].split()[:2])
    for address, size, _ in entries:
        offset = int(address, 16) % (1 << 32)
        assert start <= offset < offset + int(size, 16) <= end


def test_a_planted_link_is_not_followed(program: Path, module: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine\n")
    done = run_as_perf_map_owner(program, module, f"ln -s '{victim}' $map")
    Path(done.stdout.splitlines()[0]).unlink()
    assert victim.read_text() == "mine\n"
    assert "module `sample` is not shown to profilers: cannot write /tmp/perf-" in done.stderr


def test_a_module_without_section_headers_loads_and_says_what_is_missing(
    program: Path, module: Path, tmp_path: Path
) -> None:
    data = bytearray(module.read_bytes())
    data[60:62] = b"\0\0"  # e_shnum
    stripped = tmp_path / "stripped.fpm"
    stripped.write_bytes(data)
    done = subprocess.run(
        [str(program), str(stripped)],
        env={**os.environ, "FASTPAAS_DEBUG": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "loaded sample" in done.stdout
    assert done.stderr == "module `sample` is not shown to debuggers: it has no section headers\n"
