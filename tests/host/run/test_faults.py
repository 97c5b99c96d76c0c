"""Whatever a module does, its call ends, the report says what it did, and the others go on."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.host.run.conftest import MakeModule, RunChain
from tests.host.run.runner import chain, node, pool
from tests.host.run.sources import PASS, RECURSION, in_second_call


@dataclass(frozen=True)
class Deed:
    """What a module does in its second call, and what the report must say."""

    body: str
    kind: str
    access: str | None = None
    region: str | None = None
    offset: int | None = None
    guard: int | None = None
    detail: str = ""
    before: str = ""


def instruction(text: str) -> str:
    """Basic assembly, without a word about what it changes: the call does not outlive it."""
    return f'__asm__ volatile("{text}");'


def trap(kind: str) -> str:
    return f'__asm__ volatile("ud1l %c0(%%eax), %%eax" :: "i"({kind}));'


READ = "(void)*(volatile char *)"
WRITE = "*(volatile char *)"
ARENA = "(ARENA + {})"

DEEDS = {
    "null write": Deed(WRITE + "16 = 1;", "memory", "write", "null page", 16),
    "null read": Deed(READ + "8;", "memory", "read", "null page", 8),
    "null call": Deed("void (*volatile nowhere)(void) = 0; nowhere();", "memory", "execute", "null page", 0),
    "wild write": Deed(WRITE + "0x10000000000 = 1;", "memory", "write", "outside the arena"),
    "kernel read": Deed(READ + "0xffff800000000000;", "memory", "read", "outside the arena"),
    "non-canonical": Deed(
        WRITE + "0x1234567890000000 = 1;", "memory", "unknown", None, detail="non-canonical"
    ),
    "own text": Deed(WRITE + "(char *)process = 1;", "memory", "write", "image"),
    "own data executed": Deed(
        "void (*volatile data)(void) = (void (*)(void))&calls; data();", "memory", "execute", "image"
    ),
    "heap end": Deed(
        WRITE + "((char *)fp_heap_start() + fp_heap_size()) = 1;", "memory", "write", "heap", 256 << 20
    ),
    "guard zone": Deed(WRITE + ARENA.format("FP_IMAGE_LIMIT") + " = 1;", "memory", "write", "guard zone", 0),
    "argument file": Deed(WRITE + ARENA.format("FP_ARGS_OFFSET") + " = 1;", "memory", "write", "args", 0),
    "below the module stack": Deed(
        WRITE + "(__fp_stack_limit - 1) = 1;", "memory", "write", "stack", 0x100000 - 1
    ),
    "above the module stack": Deed(WRITE + "__fp_stack_pointer = 1;", "memory", "write", "stack", 0x200000),
    "past the packets": Deed(
        WRITE + ARENA.format("FP_PACKETS_OFFSET + 64 * FP_PACKET_BUFFER") + " = 1;",
        "memory",
        "write",
        "packets",
        64 * 2048,
    ),
    "division by zero": Deed(
        "volatile int zero = 0; calls = calls / zero;", "arithmetic", detail="division by zero"
    ),
    "division overflow": Deed(
        "volatile int one = -1, low = -2147483647 - 1; calls = low / one;", "arithmetic"
    ),
    "floating point": Deed(
        'unsigned all = 0; __asm__ volatile("ldmxcsr %0" :: "m"(all));'
        "volatile double zero = 0; zero = 1 / zero;",
        "arithmetic",
        detail="floating-point",
    ),
    "ud2": Deed("__builtin_trap();", "unreachable"),
    "int3": Deed(instruction("int3"), "illegal instruction", detail="breakpoint"),
    "hlt": Deed(instruction("hlt"), "memory", "unknown"),
    "undefined": Deed(instruction(".byte 0x0f, 0xff, 0xc0"), "illegal instruction"),
    "unreachable": Deed(trap("FP_TRAP_UNREACHABLE"), "unreachable"),
    "call target": Deed(trap("FP_TRAP_CALL_TARGET"), "call target"),
    "stack": Deed(trap("FP_TRAP_STACK"), "stack exhausted"),
    "abort": Deed(trap("FP_TRAP_ABORT"), "abort"),
    "unknown kind": Deed(trap("100"), "illegal instruction", detail="does not know"),
    "guard in rax": Deed(
        instruction("movabs $0x7788, %rax; ud1q 0x12345678(%rax), %rax"),
        "guard",
        region="null page",
        offset=0x7788,
        guard=0x12345678,
    ),
    "guard in r12": Deed(
        instruction("xor %r12d, %r12d; ud1q 7(%r12), %r12"), "guard", region="null page", offset=0, guard=7
    ),
    "guard in r13": Deed(
        instruction("mov $1, %r13d; ud1q 0(%r13), %r13"), "guard", region="null page", offset=1, guard=0
    ),
    "native stack": Deed(
        "recurse(100000);", "native stack exhausted", "write", "native stack", before=RECURSION
    ),
    "native stack above": Deed(
        "for (volatile char *p = __builtin_frame_address(0);; p += 64) *p = 1;",
        "native stack exhausted",
        "write",
        "native stack",
    ),
    "alignment": Deed(
        instruction("pushfq; orl $0x40000, (%rsp); popfq; movl -3(%rsp), %eax"),
        "memory",
        "unknown",
        detail="misaligned",
    ),
}


@pytest.mark.parametrize("name", DEEDS)
def test_fault_is_contained_and_explained(name: str, make_module: MakeModule, run_chain: RunChain) -> None:
    deed = DEEDS[name]
    bad = make_module(in_second_call(deed.body, deed.before))
    good = make_module(PASS)
    outcome = run_chain(chain(node(good, "before"), node(bad), node(good, "after")))
    assert outcome.status == 0, outcome
    fault = outcome.one("fault")
    assert (fault["node"], fault["call"], fault["kind"]) == ("nf", "process", deed.kind), fault
    assert (fault["access"], fault["region"], fault["guard"]) == (deed.access, deed.region, deed.guard), fault
    assert deed.offset is None or fault["region_offset"] == deed.offset, fault
    assert deed.detail in fault["detail"]
    assert (fault["packet"], fault["packets"], fault["policy"]) == (32, 32, "drop")
    assert outcome.node("before")["gates"] == {"0": 96}
    assert outcome.node()["drops"] == {"fault": 32, "module dead": 32}
    assert outcome.done["out"] == 32


def test_fault_names_the_instruction(make_module: MakeModule, run_chain: RunChain) -> None:
    source = in_second_call(
        '__asm__ volatile(".globl culprit; .hidden culprit; culprit: movl $1, 0");',
        'extern char culprit[] __attribute__((visibility("hidden")));'
        "int init(const struct fp_args *args) {"
        "static char digits[16]; unsigned long at = culprit - ARENA;"
        'for (int i = 15; i >= 0; i--, at >>= 4) digits[i] = "0123456789abcdef"[at & 15];'
        "(void)args; fp_log(FP_INFO, digits, 16); return 0; }",
    )
    outcome = run_chain(chain(node(make_module(source))))
    assert outcome.logged(), outcome
    assert outcome.one("fault")["pc"] == int(outcome.logged()[0], 16)


def test_unprotected_module_in_libc_is_contained(make_module: MakeModule, run_chain: RunChain) -> None:
    module = make_module(in_second_call("memcpy((void *)64, batch, 4000);"), mode="none")
    outcome = run_chain(chain(node(module)))
    fault = outcome.one("fault")
    assert (fault["kind"], fault["access"], fault["pc"]) == ("memory", "write", None)
    assert "outside the module's own code" in fault["detail"]


@pytest.mark.parametrize("entry", ["init", "fini"])
def test_other_entry_points_are_contained(entry: str, make_module: MakeModule, run_chain: RunChain) -> None:
    ending = {
        "init": "int init(const struct fp_args *args) { *(volatile int *)0 = args->len; return 0; }",
        "fini": "void fini(void) { *(volatile int *)0 = 0; }",
    }
    outcome = run_chain(chain(node(make_module(PASS), "good"), node(make_module(PASS + ending[entry]))))
    fault = outcome.one("fault")
    assert (fault["call"], fault["kind"], fault["packets"]) == (entry, "memory", 0)
    assert (outcome.status, len(outcome.all("done"))) == ((3, 0) if entry == "init" else (0, 1))


def test_machine_state_does_not_leak_into_the_host(make_module: MakeModule, run_chain: RunChain) -> None:
    """Direction flag, rounding and x87 control of a module are gone in the next module, fault or not."""
    spoil = (
        "unsigned rounding = 0x7f80; unsigned short x87 = 0x0f7f;"
        '__asm__ volatile("std; ldmxcsr %0; fldcw %1" :: "m"(rounding), "m"(x87));'
    )
    check = process_checking_state()
    for ending in ("", "*(volatile int *)0 = 0;"):
        spoiler = make_module(in_second_call(spoil + ending))
        outcome = run_chain(
            chain(node(spoiler, "spoiler", policy="bypass"), node(make_module(check)), input=pool(320))
        )
        assert outcome.node()["gates"] == {"1": 320}, ending


def process_checking_state() -> str:
    return """
void process(struct fp_batch *batch)
{
	unsigned rounding;
	unsigned short x87;
	unsigned long flags = __builtin_ia32_readeflags_u64();
	__asm__ volatile("stmxcsr %0; fnstcw %1" : "=m"(rounding), "=m"(x87));
	int same = (rounding & ~0x3fu) == 0x1f80 && x87 == 0x37f && !(flags & 0x400);
	for (unsigned i = 0; i < batch->count; i++)
		batch->packet[i].gate = same;
}
"""


def test_registers_are_evidence(make_module: MakeModule, run_chain: RunChain) -> None:
    """Those of the faulting instruction, and where the batch is; fpcc judges which packet that tells of."""
    culprit = instruction("movabs $0x1122334455667788, %r13; movl $1, 0")
    first = make_module(PASS.replace("(void)batch;", "batch->packet[1].gate = FP_DROP;"))
    outcome = run_chain(chain(node(first, "first"), node(make_module(in_second_call(culprit)))))
    evidence = outcome.one("fault")["evidence"]
    assert len(evidence["registers"]) == 16 and evidence["registers"][13] == 0x1122334455667788
    assert evidence["numbers"] == [32, *range(34, 64)] and len(set(evidence["buffers"])) == 31
    assert evidence["descriptors"] % 64 == 0 and evidence["operands"] == []


def test_what_a_memory_function_worked_on_is_evidence(make_module: MakeModule, run_chain: RunChain) -> None:
    """In place of the registers, which are the host's; refused or faulting."""
    for target in ("(char *)0x10000000000", ARENA.format("FP_IMAGE_LIMIT")):
        body = f"fp_memcpy({target}, batch->packet[5].data, 8);"
        evidence = run_chain(chain(node(make_module(in_second_call(body)))))
        held = evidence.one("fault")["evidence"]
        assert held["registers"] == []
        assert held["operands"][1] == held["buffers"][5] + 128
        assert held["numbers"] is None, "they follow one another"
    log = make_module(in_second_call("fp_log(FP_INFO, (char *)64, 8);"))
    assert run_chain(chain(node(log))).one("fault")["evidence"]["operands"] == []


def test_a_fault_in_init_has_no_evidence(make_module: MakeModule, run_chain: RunChain) -> None:
    ending = "int init(const struct fp_args *args) { *(volatile int *)0 = args->len; return 0; }"
    assert run_chain(chain(node(make_module(PASS + ending)))).one("fault")["evidence"] is None
