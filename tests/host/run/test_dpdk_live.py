"""The port of DPDK on interfaces of the kernel, and beside the host's threads and signals."""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.host.run.conftest import MakeModule
from tests.host.run.dpdk import device, require_dpdk
from tests.host.run.runner import Event, Outcome, chain, check_accounts, node, pool
from tests.host.run.sources import PASS, process

EXCHANGE = Path(__file__).with_name("exchange_frames.py")
COUNT = 300  # fewer than any ring on the way has room for
IDLE_MS = 20_000  # for a test that fails: those that pass end by their count
# Of net_af_packet: its default is more than a packet buffer, and a block must be full of frames.
FRAMES = "framesz=1920,blocksz=61440"
SWAP = process("""
	for (unsigned i = 0; i < batch->count; i++) {
		unsigned char *frame = batch->packet[i].data;
		frame[0] = frame[6] = 2;
		frame[20] ^= 0xff;
	}
""")
NUMBERS = itertools.count()


@pytest.fixture(autouse=True)
def _needs_dpdk(fphost: Path) -> None:
    require_dpdk(fphost)


def run_tool(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


@pytest.fixture
def namespace() -> Iterator[str]:
    """A network namespace in which nothing speaks of its own accord."""
    if os.geteuid() != 0:
        pytest.skip("network namespaces need root")
    name = f"fastpaas-{os.getpid()}-{next(NUMBERS)}"
    run_tool("ip", "netns", "add", name)
    try:
        run_tool("ip", "netns", "exec", name, "sysctl", "-wq", "net.ipv6.conf.default.disable_ipv6=1")
        yield name
    finally:
        run_tool("ip", "netns", "del", name)


def make_frames() -> list[bytes]:
    """Every third has a VLAN tag."""
    numbers = random.Random(9)
    types = (b"\x08\x00", b"\x08\x00", b"\x81\x00\x20\x07\x08\x00")
    return [
        bytes([2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2])
        + types[i % 3]
        + numbers.randbytes(numbers.randint(46, 1400))
        for i in range(COUNT)
    ]


def swapped(frame: bytes) -> bytes:
    return b"\x02" + frame[1:6] + b"\x02" + frame[7:20] + bytes([frame[20] ^ 0xFF]) + frame[21:]


@contextmanager
def running(words: list[str], config: object) -> Iterator[subprocess.Popen[str]]:
    """fphost, from the moment it is ready."""
    process = subprocess.Popen(
        [*words, "run", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps(config))
        process.stdin.close()
        process.stdin = None
        first: Event = json.loads(process.stdout.readline())
        assert first["event"] == "ready", first
        yield process
    finally:
        process.kill()
        process.communicate()


def finish(process: subprocess.Popen[str]) -> Outcome:
    output, errors = process.communicate()
    outcome = Outcome(process.returncode, [json.loads(line) for line in output.splitlines()], errors)
    check_accounts(outcome)
    return outcome


def exchange(words: list[str], config: object, interfaces: tuple[str, str]) -> tuple[Outcome, list[bytes]]:
    """Runs fphost while COUNT frames go in at one interface; what it said, and what came out of the other."""
    enter = words[:4]
    with running(words, config) as host:
        peer = subprocess.Popen(
            [*enter, sys.executable, str(EXCHANGE), *interfaces],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert peer.stdin is not None and peer.stdout is not None
        peer.stdin.write("".join(f"{frame.hex()}\n" for frame in make_frames()) + "\n")
        peer.stdin.flush()
        assert peer.stdout.readline() == "sent\n"
        outcome = finish(host)
        received, _ = peer.communicate("\n")
    return outcome, [bytes.fromhex(line) for line in received.splitlines()]


def test_two_pairs_of_virtual_interfaces(namespace: str, fphost: Path, make_module: MakeModule) -> None:
    enter = ["ip", "netns", "exec", namespace]
    for name in ("a", "b"):
        run_tool("ip", "-n", namespace, "link", "add", f"{name}0", "type", "veth", "peer", "name", f"{name}1")
        for end in (f"{name}0", f"{name}1"):
            run_tool("ip", "-n", namespace, "link", "set", end, "up")
    config = chain(
        node(make_module(SWAP)),
        input=device(f"net_af_packet0,iface=a1,{FRAMES}", packets=COUNT, idle_ms=IDLE_MS),
        output=device(f"net_af_packet1,iface=b1,{FRAMES}"),
    )
    outcome, received = exchange([*enter, str(fphost)], config, ("a0", "b0"))
    assert (outcome.status, outcome.done["out"], outcome.done["drops"]) == (0, COUNT, {}), outcome
    assert received == [swapped(frame) for frame in make_frames()]


def test_an_interface_that_dpdk_makes(namespace: str, fphost: Path, make_module: MakeModule) -> None:
    enter = ["ip", "netns", "exec", namespace]
    config = chain(
        node(make_module(SWAP)),
        input=device("net_tap0,iface=tap0", packets=COUNT, idle_ms=IDLE_MS),
        output=device("net_tap0"),
    )
    outcome, received = exchange([*enter, str(fphost)], config, ("tap0", "tap0"))
    assert (outcome.status, outcome.done["out"], outcome.done["drops"]) == (0, COUNT, {}), outcome
    assert received == [swapped(frame) for frame in make_frames()]


def test_a_link_that_goes_down(namespace: str, fphost: Path, make_module: MakeModule) -> None:
    words = ["ip", "netns", "exec", namespace, str(fphost)]
    config = chain(node(make_module(PASS)), input=device("net_tap0,iface=tap0"))
    with running(words, config) as host:
        assert host.stdout is not None
        host.stdout.readline()  # progress: the link has been looked at, and was up
        run_tool("ip", "-n", namespace, "link", "set", "tap0", "down")
        outcome = finish(host)
    assert outcome.status == 1, outcome
    assert outcome.one("error")["text"] == "input: the link of DPDK device net_tap0 went down"


def read_status(process: int, thread: int) -> dict[str, str]:
    lines = Path(f"/proc/{process}/task/{thread}/status").read_text().splitlines()
    return dict(line.split(":\t") for line in lines if ":\t" in line)


def threads_of(process: int) -> list[int]:
    return [int(name) for name in os.listdir(f"/proc/{process}/task")]


def observe(fphost: Path, config: object) -> tuple[dict[str, str], list[dict[str, str]], Outcome]:
    """What the kernel says of the thread that runs packets, and of the others; and the end, by Ctrl-C."""
    with running([str(fphost)], config) as host:
        assert host.stdout is not None
        host.stdout.readline()  # progress: packets flow
        main = read_status(host.pid, host.pid)
        others = [read_status(host.pid, one) for one in threads_of(host.pid) if one != host.pid]
        host.send_signal(signal.SIGINT)
        return main, others, finish(host)


def test_signals_and_processors_stay_the_hosts(fphost: Path, make_module: MakeModule) -> None:
    module = node(make_module(PASS))
    plain, _, _ = observe(fphost, chain(module, input=pool(1 << 40)))
    source, sink = device("net_null0"), device("net_null1")
    main, others, outcome = observe(fphost, chain(module, input=source, output=sink))
    assert outcome.status == 0 and outcome.done["interrupted"] and outcome.done["in"] > 0
    assert int(main["Cpus_allowed"].replace(",", ""), 16) == int(plain["Cpus_allowed"].replace(",", ""), 16)
    c_library = 1 << 31 | 1 << 32  # signals 32 and 33, which threads use among themselves
    assert (int(main["SigCgt"], 16) ^ int(plain["SigCgt"], 16)) & ~c_library == 0
    assert main["SigIgn"] == plain["SigIgn"] and main["SigBlk"] == plain["SigBlk"]
    interrupt = 1 << (signal.SIGINT - 1)
    assert len(others) >= 2 and all(int(other["SigBlk"], 16) & interrupt for other in others), others
