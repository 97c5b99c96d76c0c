"""What a fault tells of the native stack: possible return addresses, whatever a module has done to it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.host.run.conftest import MakeModule, RunChain
from tests.host.run.runner import chain, node
from tests.host.run.sources import RECURSION, in_second_call

TOLD_AT_MOST = 128
# Tells where it returns to, as an offset in its arena, and faults.
CALLED = """
__attribute__((noinline)) static void called(void)
{
	static char digits[16];
	unsigned long at = (unsigned long)__builtin_return_address(0) - (unsigned long)ARENA;
	for (int i = 15; i >= 0; i--, at >>= 4)
		digits[i] = "0123456789abcdef"[at & 15];
	fp_log(FP_INFO, digits, 16);
	FAULT;
	__asm__ volatile("");
}
"""
FORGING = """
__attribute__((noinline)) static void forge(void)
{
	volatile unsigned long words[TOLD * 2];
	for (int i = 0; i < TOLD * 2; i++)
		words[i] = (unsigned long)__builtin_return_address(0);
	*(volatile int *)words[0] = 1;
}
"""
NOTHING = {"size": -1, "words": []}


def told(outcome: Any) -> dict[str, Any]:
    """What the one fault says of the stack, which must make sense."""
    stack: dict[str, Any] = outcome.one("fault")["stack"]
    offsets = [offset for offset, _ in stack["words"]]
    assert offsets == sorted(offsets) and all(offset % 8 == 0 for offset in offsets), stack
    assert not offsets or (offsets[0] >= 0 and offsets[-1] < stack["size"]), stack
    return stack


@pytest.mark.parametrize("fault", ["*(volatile int *)8 = 1", "fp_log(99, digits, 1)", "__builtin_trap()"])
def test_a_return_address_is_told(fault: str, make_module: MakeModule, run_chain: RunChain) -> None:
    module = make_module(in_second_call("called(); called();", CALLED.replace("FAULT", fault)))
    outcome = run_chain(chain(node(module)))
    assert int(outcome.logged()[0], 16) in [address for _, address in told(outcome)["words"]]


def test_endless_recursion_is_told_in_part(make_module: MakeModule, run_chain: RunChain) -> None:
    outcome = run_chain(chain(node(make_module(in_second_call("recurse(100000);", RECURSION)))))
    assert len(told(outcome)["words"]) == TOLD_AT_MOST


def test_forged_words_are_told_in_part(make_module: MakeModule, run_chain: RunChain) -> None:
    module = make_module(in_second_call("forge(); forge();", FORGING.replace("TOLD", str(TOLD_AT_MOST))))
    assert len(told(run_chain(chain(node(module))))["words"]) == TOLD_AT_MOST


@pytest.mark.parametrize("value", ["$0", "$8", "$-8", "$0x7ffffffff000", "$0x8000000000000000"])
def test_a_stack_pointer_that_leads_elsewhere_is_not_followed(
    value: str, make_module: MakeModule, run_chain: RunChain
) -> None:
    module = make_module(in_second_call(f'__asm__ volatile("movabs {value}, %rsp; ud2");'))
    assert told(run_chain(chain(node(module)))) == NOTHING


@pytest.mark.parametrize("change", ["or $1, %rsp", "and $-0x200000, %rsp", "or $0xfffff8, %rsp"])
def test_a_stack_pointer_beside_the_stack_does_no_harm(
    change: str, make_module: MakeModule, run_chain: RunChain
) -> None:
    outcome = run_chain(chain(node(make_module(in_second_call(f'__asm__ volatile("{change}; ud2");')))))
    assert outcome.status == 0 and told(outcome)
