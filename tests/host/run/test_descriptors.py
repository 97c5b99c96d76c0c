"""What a module leaves in its batch is checked before the host believes it."""

from __future__ import annotations

import pytest

from tests.host.run.conftest import MakeModule, RunChain
from tests.host.run.runner import chain, node, pool
from tests.host.run.sources import PASS, in_second_call, process

PACKET = "batch->packet[5]"
START = "(uint8_t *)((unsigned long)packet->data & -2048l)"

# One packet made invalid, and the reason it is dropped for.
INVALID = {
    "null data": ("packet->data = 0;", "bad data"),
    "data before the buffer": (f"packet->data = {START} - 1;", "bad data"),
    "data past the buffer": (f"packet->data = {START} + 2049; packet->len = 0;", "bad data"),
    "data of another packet": ("packet->data = batch->packet[6].data;", "bad data"),
    "data in the heap": ("packet->data = fp_heap_start();", "bad data"),
    "data with high bits": ("packet->data = (void *)((unsigned long)packet->data | 1ul << 63);", "bad data"),
    "data of another arena": ("packet->data += 1ul << 32;", "bad data"),
    "length one too much": ("packet->len = packet->room + 1;", "bad length"),
    "length -1": ("packet->len = -1;", "bad length"),
    "length after a push": ("packet->data -= 10; packet->len = packet->room + 11;", "bad length"),
    "length at the end": (f"packet->data = {START} + 2048; packet->len = 1;", "bad length"),
    "gate 64": ("packet->gate = 64;", "bad gate"),
    "gates the host uses": ("packet->gate = 0xfffe;", "bad gate"),
    "gate 0x8000": ("packet->gate = 0x8000;", "bad gate"),
    "gate of a moved packet": ("packet->data++; packet->gate = 0xfffd;", "bad gate"),
}

VALID = {
    "whole buffer": f"packet->data = {START}; packet->len = 2048;",
    "empty at the end": f"packet->data = {START} + 2048; packet->len = 0;",
    "empty": "packet->len = 0;",
    "last gate": "packet->gate = 63;",
    "room is not read": "packet->room = -1;",
    "port, flow and time are not read": "packet->port = packet->flow = packet->timestamp = -1;",
    "count is not read": "batch->count = -1; batch->reserved = -1;",
}


def one_packet(body: str) -> str:
    return in_second_call(f"struct fp_packet *packet = &{PACKET}; {body}")


@pytest.mark.parametrize("name", INVALID)
def test_invalid_packet_is_dropped_and_the_first_is_reported(
    name: str, make_module: MakeModule, run_chain: RunChain
) -> None:
    body, reason = INVALID[name]
    outcome = run_chain(chain(node(make_module(one_packet(body))), node(make_module(PASS), "after")))
    event = outcome.one("invalid packet")
    assert (event["packet"], event["reason"]) == (32 + 5, reason)
    assert outcome.done["drops"] == {reason: 1}
    assert outcome.node("after")["in"] == 95
    assert not outcome.all("fault")


@pytest.mark.parametrize("name", VALID)
def test_valid_packet_goes_on(name: str, make_module: MakeModule, run_chain: RunChain) -> None:
    outcome = run_chain(chain(node(make_module(one_packet(VALID[name]))), node(make_module(PASS), "after")))
    assert outcome.node("after")["in"] == 96
    assert not outcome.all("invalid packet")


def test_only_the_first_invalid_packet_is_an_event(make_module: MakeModule, run_chain: RunChain) -> None:
    module = make_module(process("for (int i = 0; i < 32; i++) batch->packet[i].gate = 1000 + i;"))
    outcome = run_chain(chain(node(module)))
    assert outcome.one("invalid packet")["packet"] == 0
    assert outcome.done["drops"] == {"bad gate": 96}


def test_the_next_module_sees_a_fresh_descriptor(make_module: MakeModule, run_chain: RunChain) -> None:
    """Moved data and length travel on, gates start at 0 again, room is the host's own."""
    first = process(
        "for (unsigned i = 0; i < batch->count; i++) { struct fp_packet *p = &batch->packet[i];"
        "p->data += 10; p->len -= 10; p->gate = 7; p->room = 1; p->port = 9; p->flow = 0; }"
    )
    second = process(
        "for (unsigned i = 0; i < batch->count; i++) { struct fp_packet *p = &batch->packet[i];"
        "int ok = p->len == 54 && p->room == FP_PACKET_BUFFER - FP_PACKET_HEADROOM - 10;"
        "ok &= !p->gate && !p->port;"
        "ok &= ((unsigned long)p->data & 2047) == FP_PACKET_HEADROOM + 10 && p->flow && p->timestamp;"
        "p->gate = ok; }"
    )
    outcome = run_chain(chain(node(make_module(first), "first"), node(make_module(second))))
    assert outcome.node("first")["gates"] == {"7": 96}
    assert outcome.node()["gates"] == {"1": 96}


@pytest.mark.parametrize("batch", [1, 7, 64])
def test_batches_have_the_asked_size(batch: int, make_module: MakeModule, run_chain: RunChain) -> None:
    module = make_module(
        process("for (unsigned i = 0; i < batch->count; i++) batch->packet[i].gate = batch->count - 1;")
    )
    outcome = run_chain(chain(node(module), batch=batch, input=pool(batch * 3 + 1, 64)))
    assert outcome.node()["gates"] == ({"0": 4} if batch == 1 else {"0": 1, str(batch - 1): 3 * batch})


def test_gates_and_drops_are_counted_each(make_module: MakeModule, run_chain: RunChain) -> None:
    module = make_module(
        process(
            "for (unsigned i = 0; i < batch->count; i++)batch->packet[i].gate = i % 3 == 2 ? FP_DROP : i % 3;"
        )
    )
    outcome = run_chain(chain(node(module), node(make_module(PASS), "after")))
    assert outcome.node()["gates"] == {"0": 33, "1": 33}
    assert outcome.node()["drops"] == {"dropped by module": 30}
    assert outcome.node("after")["gates"] == {"0": 66}
