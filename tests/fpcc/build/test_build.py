"""`fpcc build` as a vendor's pipeline uses it: what it writes, what it takes, what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from elftools.dwarf.die import DIE
from elftools.elf.elffile import ELFFile

from fpcc.abi import abi
from fpcc.decisions_file import load_decisions
from fpcc.module_file import load_module_or_decisions, read_module
from passes.lower.registry import LOWERINGS
from passes.modes import MODES
from tests.conftest import RunFpcc

EXAMPLES = Path(__file__).parents[3] / "examples" / "nfs"

NF = """\
#include <arpa/inet.h>
#include <net/ethernet.h>
#include <netinet/if_ether.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <fastpaas/nf.h>

#ifndef LIMIT
#define LIMIT 64
#endif

static uint64_t seen[4];

void process(struct fp_batch *batch)
{
	for (uint32_t i = 0; i < batch->count; i++) {
		struct fp_packet *packet = &batch->packet[i];

		seen[packet->port & 3]++;
		if (packet->len < LIMIT)
			packet->gate = FP_DROP;
	}
}
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "count.c"
    path.write_text(NF)
    return path


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("lowering", LOWERINGS)
def test_module_and_decisions_agree(source: Path, mode: str, lowering: str, run_fpcc: RunFpcc) -> None:
    done = run_fpcc(
        "build", source, f"--mode={mode}", f"--lowering={lowering}", "-o", source.parent / "m.fpm"
    )
    assert (done.returncode, done.stderr) == (0, "")
    module = read_module(source.parent / "m.fpm")
    decisions = load_decisions(source.parent / "m.decisions.json")
    assert module.decisions() == decisions
    assert (module.manifest.name, module.manifest.mode) == ("count", mode)
    assert module.manifest.abi == abi().number("FP_ABI_VERSION")
    assert [s.path for s in module.manifest.sources] == [s.path for s in decisions.sources]
    kinds = MODES[mode].guarded
    open_to_anything = [a for a in decisions.accesses if a.kind in kinds and a.decision == "unguarded"]
    assert not open_to_anything


@pytest.mark.parametrize(
    "flags", ["-O0", "-O1", "-O2", "-O3", "-Os", "-Oz", "-g", "-O0 -g", "-fno-builtin", "-march=x86-64-v2"]
)
def test_a_real_nf_builds_with_flags_that_change_its_code(
    flags: str, tmp_path: Path, run_fpcc: RunFpcc
) -> None:
    done = run_fpcc("build", EXAMPLES / "nat.c", "--mode=rw", *flags.split(), "-o", tmp_path / "m.fpm")
    assert (done.returncode, done.stderr) == (0, "")


def test_with_g_a_debugger_finds_the_variables_of_functions(tmp_path: Path, run_fpcc: RunFpcc) -> None:
    run_fpcc("build", EXAMPLES / "nat.c", "--mode=rw", "-g", "-o", tmp_path / "m.fpm")
    with open(tmp_path / "m.fpm", "rb") as file:
        units = ELFFile(file).get_dwarf_info().iter_CUs()
        entries = [entry for unit in units for entry in unit.iter_DIEs()]
    functions = [entry for entry in entries if named(entry) == b"process" and entry.has_children]
    assert b"batch" in {named(child) for function in functions for child in function.iter_children()}


def named(entry: DIE) -> object:
    """The name of what an entry of DWARF describes, directly or by another entry."""
    while "DW_AT_abstract_origin" in entry.attributes:
        entry = entry.get_DIE_from_attribute("DW_AT_abstract_origin")
    return entry.attributes["DW_AT_name"].value if "DW_AT_name" in entry.attributes else None


def test_the_same_input_gives_the_same_bytes_elsewhere(tmp_path: Path, run_fpcc: RunFpcc) -> None:
    built = []
    for name in ("here", "over there"):
        place = tmp_path / name
        place.mkdir()
        (place / "count.c").write_text(NF)
        assert run_fpcc("build", "count.c", "-g", "-o", "m.fpm", cwd=place).returncode == 0
        built.append((place / "m.fpm").read_bytes())
    assert built[0] == built[1]


def test_several_sources_become_one_module(tmp_path: Path, run_fpcc: RunFpcc) -> None:
    (tmp_path / "a.c").write_text(
        "#include <fastpaas/nf.h>\nvoid judge(struct fp_packet *packet);\n"
        "void process(struct fp_batch *batch) { judge(batch->packet); }\n"
    )
    (tmp_path / "b.c").write_text(
        "#include <fastpaas/nf.h>\nvoid judge(struct fp_packet *packet) { packet->gate = 1; }\n"
    )
    done = run_fpcc("build", "a.c", "b.c", "--name", "pair", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    manifest = read_module(tmp_path / "a.fpm").manifest
    assert (manifest.name, sorted(s.path for s in manifest.sources)) == ("pair", ["a.c", "b.c"])


SORT = """\
#include <fastpaas/nf.h>
static uint32_t sort(uint32_t seed)
{
	uint32_t values[20000];
	for (uint32_t i = 0; i < 20000; i++)
		values[i] = i * seed;
	for (uint32_t i = 1; i < 20000; i++)
		if (values[i] < values[i - 1]) {
			uint32_t smaller = values[i];
			values[i] = values[i - 1];
			values[i - 1] = smaller;
		}
	return values[seed % 20000];
}
void process(struct fp_batch *batch)
{
	for (uint32_t i = 0; i < batch->count; i++)
		batch->packet[i].gate = sort(batch->packet[i].len) & 1;
}
"""


@pytest.mark.parametrize(("mode", "lowering"), [("wonly", "segment"), ("wonly", "compare"), ("rw", "segment")])
def test_code_of_no_line_in_a_program_of_one_file(
    mode: str, lowering: str, tmp_path: Path, run_fpcc: RunFpcc
) -> None:
    (tmp_path / "sort.c").write_text(SORT)
    done = run_fpcc("build", "sort.c", f"--mode={mode}", f"--lowering={lowering}", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_every_access_and_guard_has_a_line(tmp_path: Path, repo: Path, run_fpcc: RunFpcc) -> None:
    """The optimiser moves some and takes their places away: those have a line near them, and no column."""
    out = tmp_path / "firewall.fpm"
    source = repo / "examples/nfs/firewall.c"
    assert run_fpcc("build", source, "--mode=rw", "--lowering=compare", "-o", out).returncode == 0
    decisions = load_module_or_decisions(out)
    found = [*decisions.accesses, *decisions.guards]
    assert all(it.location.file and it.location.line for it in found)
    near = [it for it in found if not it.location.column]
    assert 0 < len(near) < len(found) / 4 and not any(it.expression for it in near)


def test_sources_and_headers_of_one_name_are_kept_apart(tmp_path: Path, run_fpcc: RunFpcc) -> None:
    for name, function in (("one", "process(struct fp_batch *batch)"), ("two", "second(void)")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "own.h").write_text(f"/* {name} */\n#include <fastpaas/nf.h>\n")
        (tmp_path / name / "x.c").write_text(f'#include "own.h"\nvoid {function};\nvoid {function} {{ }}\n')
    (tmp_path / "build").mkdir()
    expected = ["one/own.h", "one/x.c", "two/own.h", "two/x.c"]
    absolute = [tmp_path / name / "x.c" for name in ("one", "two")]
    for sources in (["../one/x.c", "../two/x.c"], absolute):
        done = run_fpcc("build", *sources, "-o", "x.fpm", cwd=tmp_path / "build")
        assert done.returncode == 0, done.stderr
        found = {s.path: s.sha256 for s in read_module(tmp_path / "build/x.fpm").manifest.sources}
        assert sorted(found) == expected and len(set(found.values())) == 4


def test_compiler_flags_reach_the_compiler(source: Path, run_fpcc: RunFpcc) -> None:
    flags = ("-DLIMIT=100", "-Wall", "-std=gnu11", "-fno-strict-aliasing", "-I.", "-MD", "-MF", "deps.d")
    done = run_fpcc("build", "count.c", *flags, "-ocount.fpm", "-q", cwd=source.parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    rule = (source.parent / "deps.d").read_text()
    assert rule.startswith("count.fpm:") and "count.c" in rule and "nf.h" in rule


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("x.c",), "x.c: No such file or directory"),
        (("count.c", "-fsanitize=address"), "-fsanitize=address: refused"),
        (("count.c", "-march=native"), "-march=native: a build must not depend on the machine"),
        (("count.c", "--name", "a/b"), "--name a/b: use 1 to 63 of the characters"),
        (("count.c", "-o", "no/such/place.fpm"), "no/such/place.fpm: cannot be written"),
        (("count.c", "-DLIMIT=("), "error: expected"),
    ],
)
def test_what_is_wrong_is_said(words: tuple[str, ...], said: str, source: Path, run_fpcc: RunFpcc) -> None:
    done = run_fpcc("build", *words, cwd=source.parent)
    assert done.returncode == 1 and said in done.stderr and "internal error" not in done.stderr
    assert not list(source.parent.glob("*.fpm"))


def test_a_call_of_nothing_is_shown_where_it_stands(tmp_path: Path, run_fpcc: RunFpcc) -> None:
    (tmp_path / "open.c").write_text(
        "#include <fcntl.h>\n#include <fastpaas/nf.h>\n"
        'void process(struct fp_batch *batch) { batch->packet[0].gate = open("/etc/passwd", 0); }\n'
    )
    done = run_fpcc("build", "open.c", cwd=tmp_path)
    assert done.returncode == 1
    place, line, caret, *_ = done.stderr.splitlines()
    assert place.startswith("open.c:3:") and "`open`" in place
    assert line.index("open(") == caret.index("^")


def test_decisions_name_the_expression_of_each_access(source: Path, run_fpcc: RunFpcc) -> None:
    assert run_fpcc("build", "count.c", "--mode=rw", cwd=source.parent).returncode == 0
    told = json.loads((source.parent / "count.decisions.json").read_text())["accesses"]
    own = {a["expression"] for a in told if a["location"]["file"] == "count.c"}
    assert {"seen[packet->port & 3]++", "packet->gate = FP_DROP", "packet->len"} <= own
