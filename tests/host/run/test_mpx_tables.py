"""The processor's bounds tables: what bndldx and bndstx find there, and that they reach no others.

The modules here are hostile ones, which nobody has verified: what stops them is the host alone.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.emulator import host_words
from tests.host.run.conftest import MakeModule
from tests.host.run.runner import Outcome, chain, node, pool, run_host

Program = Callable[[str], Path]
Run = Callable[..., Outcome]

# bndmk (%rdx,%rcx), %bnd2; bndstx %bnd2, (%rdi,%rsi); and bndldx (%rdi,%rsi), %bnd2; bndmov %bnd2, (%rdx).
TABLE = """
#define STORE(slot, word, lower, object) __asm__ volatile( \\
	".byte 0xf3, 0x0f, 0x1b, 0x14, 0x0a, 0x0f, 0x1b, 0x14, 0x37, 0x90" \\
	: : "D"(slot), "S"((uint64_t)(word)), "d"((uint64_t)(lower)), "c"((uint64_t)(object)) : "memory")
#define LOAD(slot, word, bounds) __asm__ volatile( \\
	".byte 0x0f, 0x1a, 0x14, 0x37, 0x90, 0x66, 0x0f, 0x1b, 0x12" \\
	: : "D"(slot), "S"((uint64_t)(word)), "d"(bounds) : "memory")
#define BASE ((char *)((uintptr_t)&object & ~0xffffffffull))
static uint64_t object[2], found[2];
static unsigned calls;
"""
ROUND_TRIP = """
void process(struct fp_batch *batch)
{
	char *packet = batch->packet[0].data;
	(void)packet;
	STORE(SLOT, 0x5555, 0x1000, 0x700000077);
	LOAD(SLOT, 0x5555, found);
	fp_count(fp_counter("found"), found[0] == 0x1000 && ~found[1] - found[0] == 0x700000077);
	LOAD(SLOT, 0x5556, found);
	fp_count(fp_counter("unknown"), found[0] == 0 && found[1] == 0);
}
"""
ENTRIES = {"store": "STORE(SLOT, 1, 2, 3);", "load": "LOAD(SLOT, 1, found);"}


@pytest.fixture
def run(make_module: MakeModule, host_program: Program) -> Run:
    """Runs modules of mode pointer, each with all those before it in the same chain."""

    def run(*sources: str, **options: object) -> Outcome:
        modules = [make_module(TABLE + source, mode="pointer", lowering="mpx") for source in sources]
        nodes = [node(module, f"nf{at}", **options) for at, module in enumerate(modules)]
        return run_host(
            host_words(host_program("runtime/fphost"), "mpx"), "run", chain(*nodes, input=pool(64, 32))
        )

    return run


@pytest.mark.parametrize(
    "slot",
    [
        "object + 1",
        "(char *)fp_heap_start()",
        "(char *)fp_heap_start() + fp_heap_size() - 8",
        "__fp_stack_pointer - 8",
        "__fp_stack_limit",
        "batch",
        "packet - 128",
        "batch->packet[31].data + 1912",
        "BASE + 0x59000000",
    ],
)
def test_an_entry_holds_the_bounds_of_one_pointer(slot: str, run: Run) -> None:
    outcome = run(f"#define SLOT ({slot})\n{ROUND_TRIP}")
    assert not outcome.all("fault")
    assert outcome.counters("nf0") == {"found": 2, "unknown": 2}


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=list(ENTRIES))
@pytest.mark.parametrize(
    "slot",
    [
        "BASE + 0x7ffffff8",
        "BASE + 0x80000000",
        "BASE + 0xfffffff8",
        "BASE - 8",
        "BASE - 0x100000",
        "(char *)fp_heap_start() + ((fp_heap_size() + 0xfffff) & ~0xfffffull)",
        "(char *)__builtin_frame_address(0)",
        "(char *)&__fp_stack_pointer",
        "(char *)fp_log",
        "(char *)0",
        "(char *)-8",
    ],
)
def test_there_is_no_entry_for_what_is_not_the_modules(slot: str, entry: str, run: Run) -> None:
    source = f"#define SLOT ({slot})\nvoid process(struct fp_batch *batch) {{ (void)batch; {entry} }}"
    outcome = run(source, policy="bypass")
    fault = outcome.one("fault")
    assert fault["kind"] == "memory"
    assert fault["detail"] == "bounds of a pointer in memory that is not mapped"
    assert outcome.done["out"] == 64, "the host goes on"


def test_a_new_instance_begins_with_empty_tables(run: Run) -> None:
    source = """
int init(const struct fp_args *args)
{
	(void)args;
	LOAD(object, 7, found);
	fp_count(fp_counter("empty"), found[0] == 0 && found[1] == 0);
	STORE(object, 7, 8, 9);
	LOAD(object, 7, found);
	fp_count(fp_counter("kept"), found[0] == 8);
	return 0;
}
void process(struct fp_batch *batch) { *(volatile int *)batch->packet[0].gate = 0; }
"""
    outcome = run(source, policy="restart")
    starts = 1 + outcome.node("nf0")["restarts"]
    assert outcome.counters("nf0") == {"empty": starts, "kept": starts}


def test_who_comes_next_has_the_bounds_of_its_regions(run: Run) -> None:
    """The register that moved bounds is a region's again in another mode."""
    moved = "void process(struct fp_batch *batch) { (void)batch; STORE(object, 1, 0, -1ull); }"
    check = """
void process(struct fp_batch *batch)
{
	(void)batch;
	__asm__ volatile(".byte 0xf3, 0x0f, 0x1a, 0xd7, 0xf2, 0x0f, 0x1a, 0xd7" : : "D"(WHERE));
}
"""
    inside = run(moved, f"#define WHERE (__fp_stack_pointer - 1)\n{check}")
    assert not inside.all("fault")
    outside = run(moved, f"#define WHERE object\n{check}")
    assert [(fault["node"], fault["kind"]) for fault in outside.all("fault")] == [("nf1", "guard")]


def test_two_instances_have_tables_of_their_own(run: Run) -> None:
    """Both at the same places of their arenas, for the same word."""
    keep = """
void process(struct fp_batch *batch)
{
	(void)batch;
	if (calls++)
		LOAD(object, 7, found);
	fp_count(fp_counter("own"), calls > 1 && found[0] == OWN);
	STORE(object, 7, OWN, 1);
}
"""
    outcome = run(f"#define OWN 0x1111\n{keep}", f"#define OWN 0x2222\n{keep}")
    assert [outcome.counters(name)["own"] for name in ("nf0", "nf1")] == [1, 1]
