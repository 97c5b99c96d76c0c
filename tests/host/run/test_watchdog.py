"""A call that takes too long ends, and only that call."""

from __future__ import annotations

import pytest

from tests.host.run.conftest import MakeModule, RunChain
from tests.host.run.runner import chain, node
from tests.host.run.sources import PASS, in_second_call, process

# Ways not to return. The second and third are mostly in host code when the time is up.
ENDLESS = {
    "empty loop": 'for (;;) __asm__ volatile("");',
    "asking the time": "for (;;) fp_now();",
    "logging": 'for (;;) LOG("again");',
    "big copies": "for (;;) fp_memset(fp_heap_start(), 1, fp_heap_size());",
    "small copies": "for (;;) fp_memset(fp_heap_start(), 1, 64);",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_endless_call_is_ended(name: str, make_module: MakeModule, run_chain: RunChain) -> None:
    module = make_module(in_second_call(ENDLESS[name]))
    outcome = run_chain(chain(node(module, heap_bytes=1 << 22), node(make_module(PASS), "after")))
    fault = outcome.one("fault")
    assert (fault["kind"], fault["packet"]) == ("time budget", 32)
    assert fault["detail"] == "process() used more than its 10000 us of processor time"
    assert outcome.node("after")["gates"] == {"0": 32}


def test_endless_libc_loop_of_an_unprotected_module_is_ended(
    make_module: MakeModule, run_chain: RunChain
) -> None:
    body = "static char a[65536], b[65536]; for (;;) memcpy(a, b, sizeof(a));"
    outcome = run_chain(chain(node(make_module(in_second_call(body), mode="none"))))
    assert outcome.one("fault")["kind"] == "time budget"


def test_init_has_a_budget_of_its_own(make_module: MakeModule, run_chain: RunChain) -> None:
    spin = "int init(const struct fp_args *a) { unsigned long t = fp_now(); (void)a; (void)t;"
    module = make_module(PASS + spin + 'for (;;) __asm__ volatile(""); }')
    outcome = run_chain(chain(node(module, init_budget_us=3000)))
    assert (outcome.status, outcome.one("fault")["call"]) == (3, "init")
    assert "init() used more than its 3000 us" in outcome.one("fault")["detail"]


def test_long_call_within_its_budget_is_left_alone(make_module: MakeModule, run_chain: RunChain) -> None:
    body = 'for (unsigned long i = 0; i < 30000000; i++) __asm__ volatile("");'
    module = make_module(in_second_call(body))
    outcome = run_chain(chain(node(module, budget_us=60_000_000)))
    assert not outcome.all("fault") and outcome.done["out"] == 96


# rt_tgsigqueueinfo() to the own thread: what the watchdog does, at a moment the test chooses. The calls of
# a module without init() have the sequence numbers 1, 3, 5, ...
ASK_FOR_END = """
static long invoke(long number, long a, long b, long c, void *d)
{
	register void *r10 __asm__("r10") = d;
	__asm__ volatile("syscall" : "+a"(number) : "D"(a), "S"(b), "d"(c), "r"(r10) : "rcx", "r11", "memory");
	return number;
}
static void ask_for_end(unsigned long sequence)
{
	static struct { int signal, error, code, pad, pid, uid; unsigned long value; char rest[96]; } info;
	info.signal = 37;
	info.code = -1;
	info.value = sequence;
	if (invoke(297, invoke(39, 0, 0, 0, 0), invoke(186, 0, 0, 0, 0), info.signal, &info))
		LOG("cannot send");
}
"""


def test_request_for_an_earlier_call_is_ignored(make_module: MakeModule, run_chain: RunChain) -> None:
    stale = "if (call > 1) { ask_for_end(2 * call - 3); ask_for_end(2 * call + 1); ask_for_end(0); }"
    outcome = run_chain(chain(node(make_module(process(stale, ASK_FOR_END)))))
    assert outcome.done["out"] == 96 and not outcome.all("fault") and not outcome.logged()


def test_request_for_this_call_is_followed(make_module: MakeModule, run_chain: RunChain) -> None:
    outcome = run_chain(chain(node(make_module(in_second_call("ask_for_end(3);", ASK_FOR_END)))))
    assert outcome.one("fault")["kind"] == "time budget" and not outcome.logged()
