"""An output never takes the place of an input, nor two outputs one file: whatever names they go by."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fpcc.errors import InputError
from fpcc.file_uses import FileUse, refuse_clashes
from tests.conftest import RunFpcc

# The words of a command, in a directory that holds the files of `work`, and how
# the two uses are called.
CLASHES = {
    "module as output": ("run nf.fpm --in in.pcap --out nf.fpm", "--out nf.fpm", "module nf.fpm"),
    "input as output": ("run nf.fpm --in in.pcap --out in.pcap", "--out in.pcap", "--in in.pcap"),
    "arguments as output": (
        "run nf.fpm --in in.pcap --args my.rules --out my.rules",
        "--out my.rules",
        "--args my.rules",
    ),
    "input as fault capture": (
        "run nf.fpm --in in.pcap --fault-capture in.pcap",
        "--fault-capture in.pcap",
        "--in in.pcap",
    ),
    "hard link": ("run nf.fpm --in in.pcap --out hard.pcap", "--out hard.pcap", "--in in.pcap"),
    "symbolic link": ("run nf.fpm --in soft.pcap --out in.pcap", "--out in.pcap", "--in soft.pcap"),
    "one file of two outputs": (
        "run nf.fpm --in in.pcap --out oo.pcap --fault-capture ./dir/../oo.pcap",
        "--fault-capture dir/../oo.pcap",
        "--out oo.pcap",
    ),
    "two chain nodes": (
        "run nf.fpm nf.fpm --in in.pcap --fault-capture oo.pcap --out oo.nf-2.pcap",
        "--fault-capture oo.nf-2.pcap",
        "--out oo.nf-2.pcap",
    ),
    "graph": ("run clash.toml", "clash.toml: node[0].fault_capture in.pcap", "input.path in.pcap"),
    "graph itself": ("run itself.toml", "output.path itself.toml", "the graph itself.toml"),
    "graph of tenants itself": ("serve tenants.toml", 'node "out": path', "the graph tenants.toml"),
    "source as module": ("build own.c -o own.c", "-o own.c", "source own.c"),
    "header as module": ("build own.c -include own.h -o own.h", "-o own.h", "source own.h"),
    "header as decisions": (
        "build includes.c -o old.fpm",
        "decisions old.decisions.json",
        "source old.decisions.json",
    ),
    "source as rules": ("build own.c -MD -MF own.c", "-MF own.c", "source own.c"),
    "module as rules": ("build own.c -MD -MF own.fpm", "-MF own.fpm", "module own.fpm"),
    "assembly as module": ("build own.c -o own.s --emit-asm", "--emit-asm own.s", "-o own.s"),
    "source as decisions": ("build own.c -o linked.fpm", "decisions linked.decisions.json", "source own.c"),
    "source as figures": ("bench own.c --json own.c", "--json own.c", "source own.c"),
    "arguments as figures": (
        "bench own.c --args my.rules --json my.rules",
        "--json my.rules",
        "--args my.rules",
    ),
    "capture as figures": ("bench own.c --pcap in.pcap --json in.pcap", "--json in.pcap", "--pcap in.pcap"),
    "arguments as rules": (
        "bench own.c --args my.rules -MD -MF my.rules",
        "-MF my.rules",
        "--args my.rules",
    ),
    "decisions as page": (
        "report own.decisions.json --html own.decisions.json",
        "--html own.decisions.json",
        "input own.decisions.json",
    ),
    "filter's two outputs": ("filter ip -o ip.c --emit-c", "--emit-c ip.c", "-o ip.c"),
}
GRAPH = """\
input = {{ type = "pcap", path = "in.pcap" }}
output = {{ type = "pcap", path = "{output}" }}
[[node]]
name = "nf"
module = "nf.fpm"
{more}
"""
TENANTS = """\
[[tenant]]
name = "a"
[[node]]
name = "in"
tenant = "a"
kind = "input"
type = "pool"
packets = 1
[[node]]
name = "out"
tenant = "a"
kind = "output"
type = "pcap"
path = "tenants.toml"
[[edge]]
from = "in"
to = "out"
"""
NF = "#include <fastpaas/nf.h>\nvoid process(struct fp_batch *batch) { batch->packet[0].gate = 1; }\n"


@pytest.fixture(scope="session")
def built(run_fpcc: RunFpcc, tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("built") / "nf.c"
    source.write_text(NF)
    done = run_fpcc("build", source, "-o", source.with_suffix(".fpm"))
    assert done.returncode == 0, done.stderr
    return source.with_suffix(".fpm")


@pytest.fixture
def work(built: Path, repo: Path, tmp_path: Path) -> Path:
    (tmp_path / "nf.fpm").write_bytes(built.read_bytes())
    (tmp_path / "own.decisions.json").write_bytes(built.with_suffix(".decisions.json").read_bytes())
    (tmp_path / "in.pcap").write_bytes((repo / "examples/traffic/demo.pcap").read_bytes())
    (tmp_path / "hard.pcap").hardlink_to(tmp_path / "in.pcap")
    (tmp_path / "soft.pcap").symlink_to("in.pcap")
    (tmp_path / "dir").mkdir()
    (tmp_path / "my.rules").write_text("default accept\n")
    (tmp_path / "own.c").write_text(NF)
    (tmp_path / "own.h").write_text("/* empty */\n")
    (tmp_path / "old.decisions.json").write_text("enum { NONE };\n")
    (tmp_path / "includes.c").write_text(f'#include "old.decisions.json"\n{NF}')
    (tmp_path / "linked.decisions.json").symlink_to("own.c")
    (tmp_path / "clash.toml").write_text(GRAPH.format(output="oo.pcap", more='fault_capture = "in.pcap"'))
    (tmp_path / "itself.toml").write_text(GRAPH.format(output="itself.toml", more=""))
    (tmp_path / "tenants.toml").write_text(TENANTS)
    return tmp_path


@pytest.mark.parametrize("clash", CLASHES)
def test_no_command_writes_over_what_it_reads_or_writes(clash: str, work: Path, run_fpcc: RunFpcc) -> None:
    words, output, other = CLASHES[clash]
    before = {path.name: path.read_bytes() for path in work.iterdir() if path.is_file()}
    done = run_fpcc(*words.split(), cwd=work)
    after = {path.name: path.read_bytes() for path in work.iterdir() if path.is_file()}
    assert (done.returncode, done.stdout) == (1, "")
    assert output in done.stderr and other in done.stderr and "the same file" in done.stderr
    assert after == before


def use(path: Path | str) -> FileUse:
    return FileUse("use", Path(path))


@pytest.mark.parametrize("path", ["/dev/null", "/dev/stdout", "pipe"])
def test_what_is_no_file_may_be_named_twice(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    refuse_clashes([use(path)], [use(path), use(path)])


def test_files_that_differ_and_inputs_that_do_not(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(b"")
    new = [use(tmp_path / "missing/a"), use(tmp_path / "missing/b"), use(tmp_path / "c")]
    refuse_clashes([use(tmp_path / "in"), use(tmp_path / "in")], new)


def _through_a_link(directory: Path) -> Path:
    (directory / "link").symlink_to("new")
    return directory / "link"


def _through_a_directory(directory: Path) -> Path:
    (directory / "there").symlink_to(".")
    return directory / "there/new"


@pytest.mark.parametrize("name", [_through_a_link, _through_a_directory])
def test_two_names_of_a_file_that_is_not_there_yet(name: Callable[[Path], Path], tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"two \S+ is the same file as"):
        refuse_clashes([], [FileUse("one", tmp_path / "new"), FileUse("two", name(tmp_path))])
