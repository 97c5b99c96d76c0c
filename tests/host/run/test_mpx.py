"""Lowering `mpx`: where MPX works its modules run and are stopped; where it does not they are refused."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fpcc.symbolize import describe_fault
from tests.conftest import RunFpcc
from tests.emulator import QEMU, host_words, is_emulated
from tests.host.run.runner import Outcome, chain, check_accounts, node, pool, run_host

Program = Callable[[str], Path]
BuildWild = Callable[..., Path]

# Two accesses with one place in the source, one of which is wild from the third batch on.
SOURCE = """\
#include <fastpaas/nf.h>
#define COPY(to, from) (*(volatile uint64_t *)(to) = *(volatile uint32_t *)(from))
#define ASTRAY(where) (turns < 3 ? own : (uint64_t *)(where))
static uint64_t turns, *volatile own = &turns;
void process(struct fp_batch *batch)
{
	turns++;
	COPY(TO, FROM);
}
"""
BELOW, ABOVE = (
    "((uintptr_t)batch & ~0xffffffffull) - 0x100000",
    "((uintptr_t)batch & ~0xffffffffull) + 0x80000000",
)


@pytest.fixture(scope="module")
def wild(run_fpcc: RunFpcc, tmp_path_factory: pytest.TempPathFactory) -> BuildWild:
    """The module that writes and reads at these addresses."""
    work = tmp_path_factory.mktemp("wild")

    def build(to: str, where: str = "own") -> Path:
        module = work / f"wild{len(list(work.iterdir()))}.fpm"
        source = module.with_suffix(".c")
        source.write_text(SOURCE)
        words = ("--mode=rw", "--lowering=mpx", f"-DTO={to}", f"-DFROM={where}", "-q", "-o", module)
        done = run_fpcc("build", source, *words)
        assert done.returncode == 0, done.stderr
        return module

    return build


def run(words: list[str], module: Path, **options: object) -> Outcome:
    outcome = run_host(words, "run", chain(node(module, **options), input=pool(320, 64)))
    check_accounts(outcome)
    return outcome


@pytest.mark.parametrize("where", [BELOW, ABOVE], ids=["below", "above"])
@pytest.mark.parametrize("access", ["write of 8 bytes", "read of 4 bytes"])
def test_a_check_that_fails_is_reported_as_any_guard(
    where: str, access: str, wild: BuildWild, host_program: Program
) -> None:
    astray = f"ASTRAY({where})"
    module = wild("own", astray) if access.startswith("read") else wild(astray)
    fault = run(host_words(host_program("runtime/fphost"), "mpx"), module).one("fault")
    assert (fault["kind"], fault["region"]) == (
        "guard",
        "outside the arena" if where == BELOW else "guard zone",
    )
    report = describe_fault(module, None, fault)
    assert report.startswith(f"nf: fault: {access} through a pointer that leaves the module's memory"), report
    assert ".c:8:" in report


def test_modules_take_turns_with_one_that_goes_astray(wild: BuildWild, host_program: Program) -> None:
    words = host_words(host_program("runtime/fphost"), "mpx")
    good, bad = wild("&turns"), wild(f"ASTRAY({ABOVE})")
    nodes = node(good, "before"), node(bad, policy="bypass"), node(good, "after")
    outcome = run_host(words, "run", chain(*nodes, input=pool(320, 64)))
    assert [fault["node"] for fault in outcome.all("fault")] == ["nf"], "each is checked with its own bounds"
    assert outcome.node("before")["in"] == outcome.node("after")["in"] == 320


@pytest.mark.skipif(not is_emulated("mpx"), reason="this processor has MPX")
def test_without_mpx_its_modules_are_refused(wild: BuildWild, host_program: Program) -> None:
    outcome = run_host(host_program("runtime/fphost"), "run", chain(node(wild("&turns"))))
    assert outcome.status != 0 and not outcome.all("ready") and not outcome.all("done")
    (error,) = outcome.all("error")
    for words in ("lowering mpx cannot run here", "has no MPX", "would do nothing", "--lowering=segment"):
        assert words in error["text"]


@pytest.mark.skipif(not is_emulated("mpx"), reason="this processor has MPX")
def test_fpcc_run_says_so_too(wild: BuildWild, run_fpcc: RunFpcc) -> None:
    done = run_fpcc("run", wild("&turns"), "--in", "examples/traffic/demo.pcap")
    assert done.returncode != 0 and "lowering mpx cannot run here" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_self_test_notices_what_mpx_must_not_be(host_program: Program) -> None:
    host_words(host_program("runtime/fphost"), "mpx")  # skips
    program = host_program("tests/host/run/check_mpx")
    words = [*(QEMU if is_emulated("mpx") else ()), str(program)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    found = dict(line.split(": ", 1) for line in said.splitlines())
    assert [name for name, what in found.items() if what == "works"] == ["prepared", "on", "thread"]
    broken = [what for what in found.values() if what != "works"]
    assert len(broken) == 3 and all("does not work" in what for what in broken)


def test_a_kernel_that_does_not_keep_bounds_is_told_from_a_processor_without(host_program: Program) -> None:
    program = host_program("runtime/fphost")
    host_words(program, "mpx")  # skips
    if not is_emulated("mpx"):
        pytest.skip("only qemu can leave it out")
    for features, words in (
        ("max,xsave=off", "this kernel does not support it"),
        ("max,mpx=off", "has no MPX"),
    ):
        done = subprocess.run(
            [QEMU[0], "-cpu", features, program, "selftest"], capture_output=True, text=True, check=True
        )
        assert words in done.stdout
