"""fphost bench: the same packets for all variants, every round measured, results comparable."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.host.run.capture_files import Captured, write_capture
from tests.host.run.conftest import MakeModule
from tests.host.run.runner import Outcome, node, run_host
from tests.host.run.sources import PASS, in_second_call, process

COPY = process("for (unsigned i = 0; i < batch->count; i++) batch->packet[i].data[0] ^= call;")
GATES = process(
    "for (unsigned i = 0; i < batch->count; i++) batch->packet[i].gate = i & 1 ? FP_DROP : 3;"
    "((char *)fp_heap_start())[0] = ((char *)fp_heap_start())[9 * 4096] = 1; __fp_stack_pointer[-1] = 1;"
)


def bench(fphost: Path, *variants: dict[str, object], **changes: object) -> Outcome:
    config = {"variants": variants, "pool": {"count": 100}, "rounds": 3, "batches_per_round": 7, **changes}
    return run_host(fphost, "bench", config)


def test_each_round_measures_every_variant(fphost: Path, make_module: MakeModule) -> None:
    plain, wonly = make_module(COPY, mode="none"), make_module(COPY)
    outcome = bench(fphost, node(plain, "none"), node(wonly, "wonly"), node(make_module(GATES), "other"))
    assert outcome.status == 0
    rounds = outcome.all("round")
    assert [event["round"] for event in rounds] == [0, 1, 2]
    assert all(event["ns_per_packet"].keys() == {"none", "wonly", "other"} for event in rounds)
    assert all(value > 0 for event in rounds for value in event["ns_per_packet"].values())
    assert outcome.done["rounds"] == 3 and outcome.done["crossing_ns"] > 0


def test_checksums_tell_equal_results_from_others(fphost: Path, make_module: MakeModule) -> None:
    results = bench(
        fphost,
        node(make_module(COPY, mode="none"), "none"),
        node(make_module(COPY), "same"),
        node(make_module(PASS), "other"),
        node(make_module(GATES), "gates"),
    ).done["variants"]
    none, same, other, gates = (result["checksum"] for result in results)
    assert none == same and len({none, other, gates}) == 3
    assert results[3]["gates"] == {"3": 48, "dropped": 48}, "three whole batches of 32"


def test_the_first_packet_that_differs_is_named(fphost: Path, make_module: MakeModule) -> None:
    change = "static int n; for (unsigned i = 0; i < batch->count; i++) if (n++ == {}) batch->packet[i].{};"
    changes = ((40, "gate = 2"), (70, "len = 61"), (3, "data[5] ^= 1"))
    sources = {str(at): process(change.format(at, what)) for at, what in changes}
    variants = [node(make_module(PASS), "first"), node(make_module(PASS), "same")]
    outcome = bench(fphost, *variants, *(node(make_module(text), name) for name, text in sources.items()))
    found = {variant["node"]: variant["differs"] for variant in outcome.one("rehearsed")["variants"]}
    assert found == {
        "first": None,
        "same": None,
        "40": {"packet": 40, "how": "gate 2 instead of 0"},
        "70": {"packet": 70, "how": "61 bytes long instead of 64"},
        "3": {"packet": 3, "how": "other bytes"},
    }


def test_time_goes_on_from_pass_to_pass(fphost: Path, make_module: MakeModule) -> None:
    source = process(
        "static uint64_t last; for (unsigned i = 0; i < batch->count; i++) {"
        "if (batch->packet[i].timestamp <= last) *(volatile int *)0 = 0; last = batch->packet[i].timestamp; }"
    )
    outcome = bench(
        fphost, node(make_module(source), "a"), node(make_module(source), "b"), batches_per_round=9
    )
    assert outcome.status == 0 and not outcome.all("fault")


def test_packets_are_restored_before_each_pass(fphost: Path, make_module: MakeModule) -> None:
    """A module that finds what it wrote in an earlier pass faults."""
    source = process(
        "for (unsigned i = 0; i < batch->count; i++) { struct fp_packet *p = &batch->packet[i];"
        "if (p->data[0] == 0xee || p->len == 1 || p->gate) *(volatile int *)0 = 0;"
        "p->data[0] = 0xee; p->len = 1; p->gate = 5; }"
    )
    outcome = bench(fphost, node(make_module(source), "a"), node(make_module(source, mode="none"), "b"))
    assert outcome.status == 0 and not outcome.all("fault")


def test_memory_of_an_instance(fphost: Path, make_module: MakeModule) -> None:
    (result,) = bench(fphost, node(make_module(GATES))).done["variants"]
    assert (result["heap_touched_bytes"], result["stack_touched_bytes"]) == (2 * 4096, 4096)
    assert result["image_bytes"] > 0


def test_capture_as_traffic(fphost: Path, make_module: MakeModule, tmp_path: Path) -> None:
    frames = [bytes([i]) * (60 + i) for i in range(70)]
    source = write_capture(tmp_path / "in.pcap", [Captured(frame) for frame in frames])
    check = process(
        "for (unsigned i = 0; i < batch->count; i++) batch->packet[i].gate = batch->packet[i].data[9] % 64;"
    )
    outcome = bench(fphost, node(make_module(check)), pool={"pcap": str(source)}, batch=64)
    assert outcome.done["variants"][0]["gates"] == {str(gate): 1 for gate in range(64)}


def test_fault_ends_the_bench(fphost: Path, make_module: MakeModule) -> None:
    outcome = bench(
        fphost,
        node(make_module(PASS), "good"),
        node(make_module(in_second_call("*(volatile int *)0 = 1;")), "bad"),
    )
    assert outcome.status == 3
    assert outcome.one("fault")["node"] == "bad"
    assert "bad: process() ended in a fault" in outcome.one("error")["text"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"variants": []}, "variants is 0 elements long"),
        ({"pool": {"packets": 5}}, "pool.packets is not a known key"),
        ({"rounds": 0}, "rounds is 0"),
        ({"batch": 65}, "batch is 65"),
        ({"pool": {"pcap": "x", "size": 64}}, "pool.size has no meaning"),
    ],
)
def test_wrong_configuration(
    changes: dict[str, object], words: str, fphost: Path, make_module: MakeModule
) -> None:
    outcome = bench(fphost, node(make_module(PASS)), **changes)
    assert outcome.status == 2 and words in outcome.stderr


def test_crossing(fphost: Path) -> None:
    done = subprocess.run([fphost, "bench-crossing"], capture_output=True, text=True, check=True)
    event = json.loads(done.stdout)
    assert (event["event"], event["batch"]) == ("crossing", 32) and 0 < event["best_ns"] <= event[
        "ns"
    ] < event["switching_ns"]
