"""Lowering `mpx`: where MPX works its modules run and are stopped; where it does not they are refused."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fpcc.symbolize import describe_fault
from tests.conftest import RunFpcc
from tests.emulator import QEMU, host_words, is_emulated
from tests.host.run.conftest import MakeModule
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


CHECK = """
#define CHECK(number, pointer) __asm__ volatile( \\
	".byte 0xf3, 0x0f, 0x1a, %c1, 0xf2, 0x0f, 0x1a, %c1" : : "D"(pointer), "i"(0xc7 + 8 * (number)))
static int object;
static uint8_t *first;
void process(struct fp_batch *batch)
{
	uint8_t *packet = batch->packet[0].data, *base = (uint8_t *)((uintptr_t)batch & ~0xffffffffull);
	first = packet;
	(void)base, (void)object;
	CHECK(REGION, POINTER);
}
void fini(void) { if (AT_THE_END) CHECK(0, first); }
"""
PASS = {
    0: ("packet", "packet - 128", "packet + 1919", "batch->packet[31].data"),
    1: ("&object", "fp_heap_start()", "(char *)fp_heap_start() + fp_heap_size() - 1"),
    2: ("__fp_stack_pointer - 1", "__fp_stack_limit"),
    3: ("packet", "&object", "fp_heap_start()", "__fp_stack_limit", "batch", "base", "base + 0x7fffffff"),
}
STOP = {
    0: ("packet - 129", "batch->packet[31].data + 1921", "batch", "&object", "__fp_stack_limit", "base"),
    1: ("packet", "batch", "__fp_stack_limit", "base", "base + 0xffff"),
    2: ("__fp_stack_limit - 1", "__fp_stack_pointer + 1", "&object", "packet", "batch"),
    3: ("base - 1", "base + 0x80000000", "(void *)0", "(void *)-1", "(void *)0x8000000000000000"),
}
CASES = [(n, p, "none") for n, found in PASS.items() for p in found]
CASES += [(n, p, "guard") for n, found in STOP.items() for p in found]


@pytest.mark.parametrize(("region", "pointer", "fault"), CASES)
def test_each_register_has_the_bounds_of_its_region(
    region: int, pointer: str, fault: str, make_module: MakeModule, host_program: Program
) -> None:
    defines = f"#define REGION {region}\n#define POINTER ({pointer})\n#define AT_THE_END 0\n"
    module = make_module(defines + CHECK, lowering="mpx")
    config = chain(node(module), input=pool(32, 32))
    outcome = run_host(host_words(host_program("runtime/fphost"), "mpx"), "run", config)
    assert [found["kind"] for found in outcome.all("fault")] == ([fault] if fault != "none" else [])
    assert outcome.done["in"] == 32


def test_when_there_is_no_batch_no_packet_is_within_bounds(
    make_module: MakeModule, host_program: Program
) -> None:
    defines = "#define REGION 0\n#define POINTER packet\n#define AT_THE_END 1\n"
    config = chain(node(make_module(defines + CHECK, lowering="mpx")), input=pool(32, 32))
    fault = run_host(host_words(host_program("runtime/fphost"), "mpx"), "run", config).one("fault")
    assert (fault["call"], fault["kind"], fault["region"]) == ("fini", "guard", "packets")
