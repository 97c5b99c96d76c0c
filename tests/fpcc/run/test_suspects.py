"""The packet a fault report names is the one that did it, or it names none."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RunFpcc
from tests.nfs.capture_file import read_capture, write_capture
from tests.nfs.driver import Packet

Build = tuple[str, str, str]  # mode, lowering, level of optimisation
RunNf = Callable[[str, Build], dict[str, Any]]

# A packet with a 1 at 35 has a divisor of 0 at 34, and offsets and lengths that lead astray behind it.
DEEDS = {
    "division": "out[d[6] & 63] += 1000 / d[34]; p->gate = d[7] & 1;",
    "table": "out[word(d + 36)]++; p->gate = d[7] & 1;",
    "packet": "d[word(d + 36)] = 1; p->gate = d[7] & 1;",
    "copy": "fp_copy(copy, d, 16 + word(d + 36)); p->gate = d[7] & 1;",
    "copy outside": "fp_copy(copy + word(d + 36) * 4096ul, d, 16 + d[8]); p->gate = d[7] & 1;",
    "endless": "while (d[35]) out[1]++; p->gate = d[7] & 1;",
}
# Which packet it was cannot be told: the table is used when all have been looked at.
TOO_LATE = "sum += word(d + 36); p->gate = d[7] & 1;"
LOOPS = {
    "index": "for (uint32_t i = 0; i < batch->count; i++) { struct fp_packet *p = &batch->packet[i];"
    " uint8_t *d = p->data; BODY }",
    "pointer": "for (struct fp_packet *p = batch->packet; p < batch->packet + batch->count; p++)"
    " { uint8_t *d = p->data; BODY }",
    "ahead": "uint8_t *next = batch->packet->data; for (uint32_t i = 0; i < batch->count; i++)"
    " { struct fp_packet *p = &batch->packet[i]; uint8_t *d = next;"
    " next = i + 1 < batch->count ? p[1].data : 0; __builtin_prefetch(next); BODY }",
}
SOURCE = """\
#include <string.h>
#include <fastpaas/nf.h>
static volatile uint32_t out[64];
static char copy[4096];
volatile uint32_t result;
static inline uint32_t word(const uint8_t *d) {{ uint32_t v; memcpy(&v, d, 4); return v; }}
static inline void fp_copy(char *to, const uint8_t *from, size_t len)
{{
	memcpy(to, from, len);
	result = copy[9];
}}
void process(struct fp_batch *batch)
{{
	uint32_t sum = 0;
	{loop}
	out[sum]++;
}}
"""
FIRST, BAD = 32, 49  # of the batch, and in it
BUILDS = (
    ("wonly", "segment", "-O2"),
    ("rw", "segment", "-O1"),
    ("wonly", "compare", "-O2"),
    ("rw", "compare", "-O2"),
)


@pytest.fixture(scope="module")
def packets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """96 packets, one of which is bad."""
    path = tmp_path_factory.mktemp("packets") / "in.pcap"
    write_capture(path, [Packet(frame(i == BAD), i) for i in range(96)])
    return path


def frame(bad: bool) -> bytes:
    return bytes(34) + (b"\0\1" if bad else b"\5\0") + struct.pack("<I", 0x10800000 * bad) + bytes(24)


@pytest.fixture
def run_nf(run_fpcc: RunFpcc, tmp_path: Path, packets: Path) -> RunNf:
    """Builds and runs an NF; gives its fault as the document of the run has it."""

    def run(source: str, build: Build) -> dict[str, Any]:
        mode, lowering, level = build
        (tmp_path / "nf.c").write_text(source)
        options = (f"--mode={mode}", f"--lowering={lowering}", level, "-o", tmp_path / "nf.fpm")
        made = run_fpcc("build", tmp_path / "nf.c", *options)
        assert made.returncode == 0, made.stderr
        capture = ("--fault-capture", tmp_path / "faults.pcap")
        done = run_fpcc("run", tmp_path / "nf.fpm", "--in", packets, *capture, "--json")
        (fault,) = json.loads(done.stdout)["faults"]
        return dict(fault)

    return run


@pytest.mark.parametrize("build", BUILDS[::3], ids=" ".join)
@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("loop", LOOPS)
def test_no_other_packet_is_named(run_nf: RunNf, loop: str, deed: str, build: Build) -> None:
    source = SOURCE.format(loop=LOOPS[loop].replace("BODY", DEEDS[deed]))
    fault = run_nf(source, build)
    assert (fault["packet"], fault["packets"]) == (FIRST, 32)
    assert fault["suspect"] in (BAD, None), fault["report"]


@pytest.mark.parametrize("build", BUILDS, ids=" ".join)
@pytest.mark.parametrize("deed", ("division", "copy"))
def test_the_packet_is_named(run_nf: RunNf, tmp_path: Path, deed: str, build: Build) -> None:
    """In the report, with its place in the capture, which has the whole batch."""
    source = SOURCE.format(loop=LOOPS["index"].replace("BODY", DEEDS[deed]))
    fault = run_nf(source, build)
    report = fault["report"]
    assert fault["suspect"] == BAD
    assert "  packets:    49, going by the addresses in use there; the batch is 32 to 63\n" in report
    assert "faults.pcap, packets 1 to 32 of it; 49 is its packet 18\n" in report
    caught = read_capture(tmp_path / "faults.pcap")
    assert len(caught) == 32 and caught[BAD - FIRST].data[30:] == frame(True)[30:]


@pytest.mark.parametrize("build", BUILDS, ids=" ".join)
@pytest.mark.parametrize("loop", LOOPS)
def test_no_packet_is_named_once_the_loop_is_over(run_nf: RunNf, loop: str, build: Build) -> None:
    """Though registers still hold the last packet's addresses."""
    fault = run_nf(SOURCE.format(loop=LOOPS[loop].replace("BODY", TOO_LATE)), build)
    assert fault["suspect"] is None
    assert "one of 32 to 63 (the batch it was handed)" in fault["report"]


WRITES = {
    "constants": (
        "static const char kept[4096] = {1};",
        "(char *)kept",
        "constants of the module, which are",
    ),
    "code": ("", "(char *)process", "code of the module, which is"),
    "arguments": ("", "given", "the argument file, which is"),
}


@pytest.mark.parametrize("lowering", ("segment", "compare"))
@pytest.mark.parametrize("target", WRITES)
def test_a_write_to_what_is_read_only_is_called_so(run_nf: RunNf, target: str, lowering: str) -> None:
    before, pointer, words = WRITES[target]
    source = (
        f"#include <fastpaas/nf.h>\n{before}\nstatic char *volatile given;\n"
        "int init(const struct fp_args *args) { given = (char *)args; return 0; }\n"
        f"void process(struct fp_batch *batch) {{ given = {pointer}; given[batch->count] = 1; }}\n"
    )
    report = run_nf(source, ("wonly", lowering, "-O2"))["report"]
    assert "fault: write of 1 byte to read-only memory, at " in report
    assert words in report


@pytest.mark.parametrize("lowering", ("segment", "compare"))
def test_a_null_pointer_is_called_so(run_nf: RunNf, lowering: str) -> None:
    source = (
        "#include <fastpaas/nf.h>\nstatic int *volatile nothing;\n"
        "void process(struct fp_batch *batch) { nothing[3] = (int)batch->count; }\n"
    )
    report = run_nf(source, ("wonly", lowering, "-O2"))["report"]
    assert "a null pointer, or a small offset from one" in report and "anywhere" not in report
