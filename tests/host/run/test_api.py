"""Every argument of a host function is checked before it is used."""

from __future__ import annotations

import pytest

from tests.host.run.conftest import MakeModule, RunChain
from tests.host.run.runner import chain, node
from tests.host.run.sources import in_second_call

# Calls a guarded module must not get away with, and a piece of what the report says.
HOSTILE = {
    "log of the null page": ("fp_log(2, (char *)16, 8);", "fp_log: 8 bytes at 0x10 lie outside the arena"),
    "log past the arena": ("fp_log(2, ARENA + 0x7ffffff0, 17);", "fp_log: 17 bytes at"),
    "log that wraps": ("fp_log(2, ARENA + 0x10000, -1);", "fp_log: 18446744073709551615 bytes"),
    "log before the arena": ("fp_log(2, ARENA - 1, 1);", "fp_log: 1 bytes at"),
    "log of the native stack": ("char text[8]; fp_log(2, text, 8);", "fp_log: 8 bytes at"),
    "log level": ("fp_log(4, 0, 0);", "fp_log: level 4 is not 0 to 3"),
    "negative log level": ("fp_log(-1, 0, 0);", "fp_log: level -1"),
    "counter name": ("fp_counter((char *)-1);", "fp_counter: 1 bytes at 0xffffffffffffffff"),
    "copy to the host": ("fp_memcpy((void *)&process, (char *)8, 16);", "fp_memcpy: 16 bytes at 0x8"),
    "copy from the host": (
        "fp_memcpy(ARENA + 0x20000000, (char *)4096, 1);",
        "fp_memcpy: 1 bytes at 0x1000",
    ),
    "move": ("fp_memmove((char *)1, ARENA + 0x20000000, 1);", "fp_memmove: 1 bytes at 0x1"),
    "set of half the address space": (
        "fp_memset(ARENA + 0x20000000, 0, 1ul << 47);",
        "fp_memset: 140737488355328 bytes",
    ),
    "compare": ("calls = fp_memcmp(ARENA + 0x20000000, (char *)1, 4);", "fp_memcmp: 4 bytes at 0x1"),
    "find": ("calls = fp_memchr((char *)1, 0, 4) != 0;", "fp_memchr: "),
}

# Addresses in the arena where nothing is mapped: a memory fault that names the host function.
UNMAPPED = {
    "fp_log": "fp_log(2, ARENA + 8, 8);",
    "fp_counter": "fp_counter(ARENA + 8);",
    "fp_memcpy": "fp_memcpy(ARENA + 0x20000000, ARENA + 8, 8);",
    "fp_memmove": "fp_memmove(ARENA + 8, ARENA + 0x20000000, 8);",
    "fp_memset": "fp_memset(ARENA + 0x20000000, 0, 0x7fffffff - 0x20000000);",
    "fp_memcmp": "calls = fp_memcmp(ARENA + 8, ARENA + 0x20000000, 8);",
    "fp_memchr": "calls = fp_memchr(ARENA + 0x20000000, 1, -1) != 0;",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_range_outside_the_arena_ends_the_call(
    name: str, make_module: MakeModule, run_chain: RunChain
) -> None:
    body, words = HOSTILE[name]
    outcome = run_chain(chain(node(make_module(in_second_call(body)))))
    fault = outcome.one("fault")
    assert (outcome.status, fault["kind"]) == (0, "api"), fault
    assert words in fault["detail"]
    assert outcome.node()["drops"] == {"fault": 32, "module dead": 32}


@pytest.mark.parametrize("function", UNMAPPED)
def test_unmapped_page_of_the_arena_ends_the_call(
    function: str, make_module: MakeModule, run_chain: RunChain
) -> None:
    outcome = run_chain(chain(node(make_module(in_second_call(UNMAPPED[function])))))
    fault = outcome.one("fault")
    assert (outcome.status, fault["kind"], fault["detail"]) == (0, "memory", f"in {function}"), fault
    assert fault["address"] is not None


@pytest.mark.parametrize("function", ["fp_now()", "fp_count(0, 1)", "fp_memset(fp_heap_start(), 0, 1)"])
def test_host_functions_ask_for_native_stack(
    function: str, make_module: MakeModule, run_chain: RunChain
) -> None:
    """A host function called with little stack left is refused before it can run out."""
    frame = (
        "__attribute__((noinline)) static void deep(void) {{ char all[{}];"
        '__asm__ volatile("" :: "r"(all) : "memory"); {}; __asm__ volatile("" :: "r"(all) : "memory"); }}'
    )
    fits = run_chain(chain(node(make_module(in_second_call("deep();", frame.format(900_000, function))))))
    assert fits.status == 0 and not fits.all("fault")
    refused = run_chain(chain(node(make_module(in_second_call("deep();", frame.format(990_000, function))))))
    fault = refused.one("fault")
    assert fault["kind"] == "native stack exhausted"
    assert "65536 bytes of native stack" in fault["detail"]


def test_bulk_functions_do_not_copy_backwards(make_module: MakeModule, run_chain: RunChain) -> None:
    """A module that sets the direction flag does not turn the host's libc round."""
    body = """
	char *to = (char *)fp_heap_start() + 65536;
	__asm__ volatile("std");
	fp_memset(to, 1, 32768);
	__asm__ volatile("cld");
	if (to[0] == 1 && to[32767] == 1 && to[-1] == 0)
		LOG("forwards");
	"""
    assert run_chain(chain(node(make_module(in_second_call(body))))).logged() == ["forwards"]


def test_unprotected_modules_may_log_their_locals(make_module: MakeModule, run_chain: RunChain) -> None:
    source = 'char text[5] = "hello"; __asm__ volatile("" :: "r"(text) : "memory"); fp_log(2, text, 5);'
    outcome = run_chain(chain(node(make_module(in_second_call(source), mode="none"))))
    assert outcome.logged() == ["hello"] and not outcome.all("fault")


def test_empty_ranges_may_lie_anywhere(make_module: MakeModule, run_chain: RunChain) -> None:
    body = (
        "fp_memcpy(0, 0, 0); fp_memmove((char *)1, 0, 0); fp_memset(0, 1, 0); fp_log(2, 0, 0);"
        'if (fp_memcmp(0, 0, 0) || fp_memchr(0, 0, 0)) LOG("wrong");'
    )
    outcome = run_chain(chain(node(make_module(in_second_call(body)))))
    assert outcome.logged() == [""] and not outcome.all("fault")


def test_bulk_functions_do_what_their_namesakes_do(make_module: MakeModule, run_chain: RunChain) -> None:
    body = """
	static char data[32] = "0123456789";
	int ok = fp_memcpy(data + 16, data, 11) == data + 16 && fp_memcmp(data, data + 16, 11) == 0;
	ok &= fp_memmove(data + 1, data, 4) == data + 1 && data[1] == '0' && data[4] == '3' && data[5] == '5';
	ok &= fp_memcmp(data, data + 16, 11) < 0 && fp_memset(data, 'x', 2) == data && data[1] == 'x';
	ok &= fp_memchr(data, '9', 16) == data + 9 && fp_memchr(data, 'y', 16) == 0;
	ok &= fp_memchr(data, '9', -1) == data + 9; /* found before the arena ends: legal in ISO C */
	if (ok)
		LOG("all right");
	"""
    outcome = run_chain(chain(node(make_module(in_second_call(body)))))
    assert outcome.logged() == ["all right"]
