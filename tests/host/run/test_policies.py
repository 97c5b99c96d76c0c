"""What follows a fault is what the configuration says."""

from __future__ import annotations

from pathlib import Path

from tests.host.run.capture_files import read_capture
from tests.host.run.conftest import MakeModule, RunChain
from tests.host.run.runner import chain, node, pool
from tests.host.run.sources import PASS, in_second_call, process

CRASH = in_second_call(
    "batch->packet[3].data[0] = 0xee; batch->packet[4].gate = FP_DROP; *(volatile int *)0 = 1;"
)


def test_drop_drops_all_later_packets(make_module: MakeModule, run_chain: RunChain) -> None:
    outcome = run_chain(chain(node(make_module(CRASH), policy="drop"), node(make_module(PASS), "after")))
    assert outcome.node()["drops"] == {"fault": 32, "module dead": 32}
    assert outcome.node("after")["in"] == 32
    assert "dropped from now on" in outcome.one("fault")["consequence"]


def test_bypass_lets_packets_by(make_module: MakeModule, run_chain: RunChain) -> None:
    outcome = run_chain(chain(node(make_module(CRASH), policy="bypass"), node(make_module(PASS), "after")))
    assert outcome.done["out"] == 96
    assert (outcome.node()["gates"], outcome.node()["bypassed"]) == ({"0": 32}, 64)
    assert outcome.node()["faults"] == 1


def test_restart_makes_a_fresh_instance(make_module: MakeModule, run_chain: RunChain) -> None:
    """Globals, heap and stack of the new instance are as at first, init() runs again, counters live on."""
    source = """
static unsigned calls, id;
int init(const struct fp_args *args)
{
	char *heap = fp_heap_start();
	fp_log(FP_INFO, args->text, args->len);
	id = fp_counter("starts");
	fp_count(id, calls == 0 && heap[100] == 0 && __fp_stack_pointer[-100] == 0 ? 1 : 1000);
	calls = heap[100] = __fp_stack_pointer[-100] = 1;
	return 0;
}
void process(struct fp_batch *batch)
{
	if (calls++ == 3)
		*(volatile int *)0 = 0;
	(void)batch;
}
"""
    packets = 2_000_000
    args = Path(__file__).with_name("sources.py")
    config = chain(
        node(make_module(source), policy="restart", args=str(args)),
        node(make_module(PASS), "after"),
        input=pool(packets),
    )
    outcome = run_chain(config)
    restarts = outcome.all("restart")
    assert len(restarts) == outcome.node()["restarts"] >= 2 and all(event["ok"] for event in restarts)
    assert outcome.counters() == {"starts": 1 + len(restarts)}
    assert outcome.node()["faults"] - len(restarts) in (0, 1)
    assert outcome.node()["gates"] == {"0": 64 * outcome.node()["faults"]}
    waits = [event["waited_ms"] for event in restarts]
    assert waits[0] == 1 and all(b in (1, 2 * a) for a, b in zip(waits, waits[1:], strict=False))
    assert set(outcome.node()["drops"]) <= {"fault", "module restarting"}


def test_restart_that_fails_is_tried_again(
    make_module: MakeModule, run_chain: RunChain, tmp_path: Path
) -> None:
    """init() finds the packet pool as the last instance left it, and refuses."""
    source = """
int init(const struct fp_args *args)
{
	(void)args;
	return ARENA[FP_PACKETS_OFFSET] ? 5 : 0;
}
void process(struct fp_batch *batch)
{
	ARENA[FP_PACKETS_OFFSET] = 1;
	*(volatile int *)0 = batch->count;
}
"""
    outcome = run_chain(chain(node(make_module(source), policy="restart"), input=pool(2_000_000)))
    attempts = outcome.all("restart")
    assert outcome.status == 0 and len(attempts) >= 2
    assert all("init() refused to start: it returned 5" in event["text"] for event in attempts)
    assert outcome.node()["faults"] == 1
    assert set(outcome.done["drops"]) == {"fault", "module restarting"}


def test_fault_capture_holds_the_batch(make_module: MakeModule, run_chain: RunChain, tmp_path: Path) -> None:
    path = tmp_path / "fault.pcap"
    outcome = run_chain(chain(node(make_module(CRASH), fault_capture=str(path)), input=pool(96, 1)))
    assert outcome.one("fault")["capture"] == str(path)
    packets = read_capture(path)
    assert len(packets) == 32
    assert packets[3].frame[0] == 0xEE, "the bytes are as the module left them"
    assert {packet.frame[1:] for packet in packets} == {packets[0].frame[1:]}


def test_other_modules_live_on_unharmed(make_module: MakeModule, run_chain: RunChain) -> None:
    """A module that scribbles over all it can reach changes not one byte of its neighbours' memory."""
    victim = """
static unsigned char own[50000];
static unsigned char sum(void)
{
	unsigned char all = 0, *heap = fp_heap_start();
	for (int i = 0; i < 50000; i++)
		all += own[i] * (i | 1) + heap[i * 5] * (i | 3);
	return all;
}
int init(const struct fp_args *args)
{
	unsigned char *heap = fp_heap_start();
	(void)args;
	for (int i = 0; i < 50000; i++)
		own[i] = heap[i * 5] = i * 7;
	own[0] += 42 - sum();
	return sum() == 42 ? 0 : 1;
}
void process(struct fp_batch *batch)
{
	for (unsigned i = 0; i < batch->count; i++)
		batch->packet[i].gate = sum();
}
"""
    vandal = process(
        "fp_memset(fp_heap_start(), 0xff, fp_heap_size());"
        "for (volatile char *p = ARENA + FP_PACKETS_OFFSET + 64 * FP_PACKET_BUFFER - 1;; p--) *p = 0xff;"
    )
    config = chain(
        node(make_module(victim), "first"),
        node(make_module(vandal), policy="restart", heap_bytes=1 << 20, budget_us=1_000_000),
        node(make_module(victim), "last"),
        input=pool(640),
    )
    outcome = run_chain(config)
    assert outcome.status == 0 and outcome.node()["faults"] >= 1
    assert outcome.node("first")["gates"] == {"42": 640}
    assert set(outcome.node("last")["gates"]) <= {"42"}


def test_recovery_is_measured(make_module: MakeModule, run_chain: RunChain) -> None:
    outcome = run_chain(chain(node(make_module(CRASH)), node(make_module(PASS), "after")))
    assert outcome.done["worst_recovery_ns"] is None, "the module after it got no packets"
    outcome = run_chain(chain(node(make_module(PASS), "before"), node(make_module(CRASH))))
    assert outcome.done["worst_recovery_ns"] > 0
