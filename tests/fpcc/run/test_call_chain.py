"""The report of a fault has the calls that led there, through the library too, from the NF's own line on."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fpcc.call_chain import find_chain
from fpcc.symbolize import describe_fault
from passes.modes import MODES
from tests.fpcc.run.conftest import BuildModule, RunJson
from tests.nfs.capture_file import write_capture
from tests.nfs.driver import Packet

SOURCE = """\
#include <fastpaas/nf.h>
#include <stdlib.h>
#include <string.h>
static char text[64];
static uint64_t numbers[100];
static int less(const void *a, const void *b)
{
	if (*(const uint64_t *)a == 50)
		*(volatile char *)0x123456789abc = 1; /* compare */
	return *(const uint64_t *)a < *(const uint64_t *)b ? -1 : 1;
}
__attribute__((noinline)) static void sort(void)
{
	for (unsigned i = 0; i < 100; i++)
		numbers[i] = i * 37 % 100;
	qsort(numbers, 100, sizeof(*numbers), less); /* sort */
	text[0] = 1;
}
__attribute__((noinline)) static void *copy(const void *from, size_t len)
{
	return memcpy(text, from, len * 3); /* copy */
}
__attribute__((noinline)) static void *pass_on(const void *from, size_t len)
{
	text[1] = 2;
	return copy(from, len + 1); /* pass_on */
}
__attribute__((noinline)) static void measure(const char *from)
{
	text[2] = (char)strlen(from); /* measure */
}
__attribute__((noinline)) static void give_up(void)
{
	abort(); /* give_up */
}
void process(struct fp_batch *batch)
{
	switch (batch->packet[0].data[0]) {
	case 's': sort(); break; /* call s */
	case 'c': text[3] = *(char *)pass_on((void *)0x123456789abc, batch->count); break; /* call c */
	case 'm': measure((const char *)0x123456789abc); break; /* call m */
	case 'a': give_up(); break; /* call a */
	default: text[4] = 0;
	}
}
"""
FaultOf = Callable[[Path, str], dict[str, Any]]
Words = list[list[int]]
# By the deed: who did it, and who called, innermost first.
CHAINS = {
    "s": ["compare", "sort", "call s"],
    "c": ["copy", "pass_on", "call c"],
    "m": ["measure", "call m"],
    "a": ["give_up", "call a"],
}


def line_of(mark: str) -> int:
    return next(n for n, line in enumerate(SOURCE.splitlines(), 1) if f"/* {mark} */" in line)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("chains") / "chains.c"
    path.write_text(SOURCE)
    return path


@pytest.fixture(scope="module")
def fault_of(run_json: RunJson, tmp_path_factory: pytest.TempPathFactory) -> FaultOf:
    """The fault of a module that was asked for a deed."""

    def run(module: Path, deed: str) -> dict[str, Any]:
        packets = tmp_path_factory.mktemp("packets") / "packets.pcap"
        write_capture(packets, [Packet(deed.encode() * 64, 0)])
        _, said = run_json(module, "--in", packets)
        (fault,) = said["faults"]
        return dict(fault)

    return run


def own_lines(report: str) -> list[int]:
    """The lines of the NF that a report names, in the order it does."""
    return [int(number) for number in re.findall(r"at \S*chains\.c:(\d+)", report)]


@pytest.mark.parametrize("mode", [name for name, mode in MODES.items() if mode.hardened])
@pytest.mark.parametrize("deed", CHAINS)
def test_all_callers_are_named(
    deed: str, mode: str, source: Path, build_module: BuildModule, fault_of: FaultOf
) -> None:
    report = fault_of(build_module(source, mode), deed)["report"]
    assert own_lines(report) == [line_of(mark) for mark in CHAINS[deed]], report
    assert "what called that is not known" not in report


def test_the_own_line_comes_before_the_librarys(
    source: Path, build_module: BuildModule, fault_of: FaultOf
) -> None:
    headline, shown, _, *details = fault_of(build_module(source), "m")["report"].splitlines()
    assert headline.endswith("in measure()") and "/* measure */" in shown
    assert any(line.startswith("  inside:     at /fastpaas/module/string_length.c:") for line in details)
    assert any(line.startswith("  called:     at ") and line.endswith("in process()") for line in details)


def test_a_stripped_module_has_the_same_chain(
    source: Path, build_module: BuildModule, fault_of: FaultOf, tmp_path: Path
) -> None:
    module, stripped = build_module(source), tmp_path / "stripped.fpm"
    fault = fault_of(module, "m")
    subprocess.run(["strip", "-o", stripped, module], check=True)
    assert find_chain(stripped.read_bytes(), fault) == find_chain(module.read_bytes(), fault)
    assert describe_fault(stripped, None, fault).startswith("chains-wonly: fault: ")


FORGERIES: dict[str, Callable[[Words], Words]] = {
    "nothing": lambda words: [],
    "all at wrong places": lambda words: [[offset + 8, address] for offset, address in words],
    "no calls": lambda words: [[offset, address + 1] for offset, address in words],
    "other calls": lambda words: [[offset, words[-1 - n][1]] for n, (offset, _) in enumerate(words)],
    "anything": lambda words: [[n * 8, n * 0x10001 - 3] for n in range(-128, 128)],
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_words_that_fit_nowhere_are_not_shown(
    forgery: str, source: Path, build_module: BuildModule, fault_of: FaultOf
) -> None:
    module = build_module(source)
    fault = fault_of(module, "s")
    words = FORGERIES[forgery](fault["stack"]["words"])
    report = describe_fault(module, None, {**fault, "stack": {**fault["stack"], "words": words}})
    assert own_lines(report) == [line_of("compare")]
    assert "  called:     what called that is not known" in report


def test_words_that_fit_are_found_among_forged_ones(
    source: Path, build_module: BuildModule, fault_of: FaultOf
) -> None:
    """Return addresses of other calls, between and beside the true ones, change nothing."""
    module = build_module(source)
    fault = fault_of(module, "s")
    true = dict(fault["stack"]["words"])
    forged = {n * 8: list(true.values())[n % len(true)] for n in range(fault["stack"]["size"] // 8)}
    words = sorted((forged | true).items())
    chain = find_chain(module.read_bytes(), {**fault, "stack": {**fault["stack"], "words": words}})
    assert chain.complete and chain == find_chain(module.read_bytes(), fault)
