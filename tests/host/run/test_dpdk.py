"""The port of DPDK: frames are those of the pcap port, none is lost uncounted, errors say what is wrong."""

from __future__ import annotations

import random
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.host.run.capture_files import Captured, read_capture, write_capture
from tests.host.run.conftest import MakeModule, Program, RunChain
from tests.host.run.dpdk import device, require_dpdk
from tests.host.run.runner import chain, check_accounts, node, pool, run_host
from tests.host.run.sources import PASS, process

# Changes every frame, and by turns nothing else, where it begins, where it ends, or whether it goes on.
BUSY = process("""
	for (unsigned i = 0; i < batch->count; i++) {
		struct fp_packet *packet = &batch->packet[i];
		unsigned char *frame = packet->data;
		unsigned turn = frame[5] & 3;
		frame[0] ^= frame[6];
		if (turn == 1) {
			packet->data = frame - 4;
			packet->len += 4;
			frame[-4] = frame[-3] = frame[-2] = frame[-1] = frame[4];
		} else if (turn == 2) {
			packet->len -= packet->len / 4;
		} else if (turn == 3) {
			packet->gate = FP_DROP;
		}
	}
""")
MAKES_SHORT = process("""
	for (unsigned i = 0; i < batch->count; i++)
		batch->packet[i].len = 16 + i % 2;
""")
WRITES_FLOW = process("""
	for (unsigned i = 0; i < batch->count; i++)
		if (batch->packet[i].len >= 4)
			*(unsigned *)batch->packet[i].data = batch->packet[i].flow;
""")
LENGTHS = (24, 60, 64, 127, 128, 576, 1514, 1920)
LARGEST = 1920


@pytest.fixture(autouse=True)
def _needs_dpdk(fphost: Path) -> None:
    require_dpdk(fphost)


def make_frames(count: int) -> list[bytes]:
    numbers = random.Random(5)
    return [numbers.randbytes(LENGTHS[i % len(LENGTHS)]) for i in range(count)]


def read_micro(path: Path) -> list[bytes]:
    """The frames of a capture with microseconds, which is what DPDK writes."""
    data = bytearray(path.read_bytes())
    data[:4] = bytes.fromhex("4d3cb2a1")
    path.with_suffix(".nano").write_bytes(data)
    return [packet.frame for packet in read_capture(path.with_suffix(".nano"))]


@dataclass(frozen=True)
class Reference:
    """A capture, and the frames the pcap port and BUSY make of it."""

    given: Path
    expected: list[bytes]


@pytest.fixture
def reference(tmp_path: Path, run_chain: RunChain, make_module: MakeModule) -> Reference:
    given = write_capture(tmp_path / "in.pcap", [Captured(frame) for frame in make_frames(5000)])
    output = tmp_path / "expected.pcap"
    ends = {"input": {"type": "pcap", "path": str(given)}, "output": {"type": "pcap", "path": str(output)}}
    outcome = run_chain(chain(node(make_module(BUSY)), **ends))
    assert outcome.status == 0 and not outcome.all("fault"), outcome
    frames = [packet.frame for packet in read_capture(output)]
    assert 3000 < len(frames) < 4500
    return Reference(given, frames)


def make_ports(ways: str, given: Path, out: Path) -> tuple[dict[str, object], dict[str, object]]:
    """Input and output, of which at least one is a device."""
    source, sink = device(f"net_pcap0,rx_pcap={given}", idle_ms=50), device(f"net_pcap1,tx_pcap={out}")
    if ways == "one device":
        both = device(f"net_pcap0,rx_pcap={given},tx_pcap={out}", idle_ms=50)
        return both, device("net_pcap0")
    if ways == "in":
        return source, {"type": "pcap", "path": str(out)}
    return ({"type": "pcap", "path": str(given)} if ways == "out" else source), sink


@pytest.mark.parametrize("batch", [1, 32, 64])
@pytest.mark.parametrize("ways", ["in and out", "in", "out", "one device"])
def test_frames_are_those_of_the_pcap_port(
    ways: str, batch: int, reference: Reference, run_chain: RunChain, make_module: MakeModule
) -> None:
    out = reference.given.with_name("out.pcap")
    source, sink = make_ports(ways, reference.given, out)
    outcome = run_chain(chain(node(make_module(BUSY)), input=source, output=sink, batch=batch))
    accounts = (outcome.status, outcome.done["in"], outcome.done["out"])
    assert accounts == (0, 5000, len(reference.expected)), outcome
    frames = read_micro(out) if ways != "in" else [packet.frame for packet in read_capture(out)]
    assert frames == reference.expected


def make_flows(count: int) -> list[bytes]:
    """Frames of all kinds that flow numbers tell apart: IPv4 and IPv6 with and without ports, tags, no IP."""
    numbers = random.Random(7)
    starts = (
        b"\x08\x00\x45",
        b"\x08\x00\x46",
        b"\x08\x00\x44",
        b"\x86\xdd\x60",
        b"\x81\x00\x00\x01\x08\x00\x45",
    )
    frames = []
    for _ in range(count):
        rest = bytearray(numbers.randbytes(numbers.choice((0, 3, 19, 20, 45, 60, 200))))
        if len(rest) > 9:
            rest[8] = rest[5] = numbers.choice((6, 17, 1, 0, 44, 132))
            rest[5:7] = numbers.choice((b"\0\0", b"\x20\x08", rest[5:7]))
        start = numbers.choice((*starts, b"\x08\x06", b""))
        frames.append(numbers.randbytes(numbers.choice((12, 12, 12, 5))) + start + rest)
    return frames


@pytest.mark.parametrize("batch", [1, 31, 64])
def test_flows_have_the_numbers_of_the_pcap_port(
    batch: int, tmp_path: Path, run_chain: RunChain, make_module: MakeModule
) -> None:
    given = write_capture(tmp_path / "in.pcap", [Captured(frame) for frame in make_flows(3000)])
    written = []
    for source in ({"type": "pcap", "path": str(given)}, device(f"net_pcap0,rx_pcap={given}", idle_ms=50)):
        out = tmp_path / f"{source['type']}.pcap"
        sink = {"type": "pcap", "path": str(out)}
        outcome = run_chain(chain(node(make_module(WRITES_FLOW)), input=source, output=sink, batch=batch))
        assert outcome.done["out"] == 3000, outcome
        written.append([packet.frame for packet in read_capture(out)])
    assert written[0] == written[1] and len({frame[:4] for frame in written[0]}) > 2000


def test_frames_that_do_not_fit_are_counted(
    tmp_path: Path, run_chain: RunChain, make_module: MakeModule
) -> None:
    lengths = [LARGEST, LARGEST + 1, 2048, 9000, 60, 65000]
    given = write_capture(tmp_path / "in.pcap", [Captured(b"x" * length) for length in lengths] * 100)
    source = device(f"net_pcap0,rx_pcap={given}", idle_ms=50)
    outcome = run_chain(chain(node(make_module(PASS)), input=source))
    assert outcome.done["in"] == 600 and outcome.done["drops"] == {"too long": 400}, outcome


def test_lengths_that_a_driver_only_claims_are_not_believed(
    run_chain: RunChain, make_module: MakeModule
) -> None:
    outcome = run_chain(chain(node(make_module(PASS)), input=device("net_null0,size=3000", packets=100)))
    assert outcome.done["in"] == 100 and outcome.done["drops"] == {"too long": 100}, outcome


def test_what_a_full_device_does_not_take_is_counted(run_chain: RunChain, make_module: MakeModule) -> None:
    outcome = run_chain(chain(node(make_module(PASS)), input=pool(3000), output=device("net_ring0")))
    assert outcome.status == 0 and outcome.done["out"] == 1023, outcome
    assert outcome.done["drops"] == {"output full": 1977}


def test_frames_too_short_for_a_device_are_counted(run_chain: RunChain, make_module: MakeModule) -> None:
    outcome = run_chain(chain(node(make_module(MAKES_SHORT)), input=pool(96), output=device("net_null0")))
    assert outcome.done["out"] == 48 and outcome.done["drops"] == {"too short for the output": 48}, outcome


def test_devices_may_be_made_by_words_for_eal(run_chain: RunChain, make_module: MakeModule) -> None:
    source = device("net_null3", packets=1000, eal=" --vdev=net_null3,size=300  --vdev net_null4 ")
    outcome = run_chain(chain(node(make_module(PASS)), input=source, output=device("net_null4", eal="-m 48")))
    assert (outcome.status, outcome.done["out"], outcome.stderr) == (0, 1000, ""), outcome


WRONG = {
    "no such driver": (device("net_foo0"), 'net_foo0 cannot be made: Bad address; DPDK says: EAL: failed to'),
    "argument": (device("net_null0,speed=9"), "net_null0,speed=9 cannot be made"),
    "no such file": (device("net_pcap0,rx_pcap=/nowhere.pcap"), "/nowhere.pcap: No such file or directory"),
    "no such interface": (device("net_af_packet0,iface=nope0"), "(SIOCGIFINDEX):No such device"),
    "no such card": (device("0000:ff:1f.7"), "Cannot find device (0000:ff:1f.7)"),
    "long name": (device("n" * 64), "a name has 1 to 63 bytes"),
    "no name": (device(",size=9"), "a name has 1 to 63 bytes"),
    "arguments twice": (
        device("net_null0,size=9", eal="--vdev=net_null0"),
        "net_null0 exists already: its arguments belong to where it is made",
    ),
    "unknown word": (device("net_null0", eal="--foo"), "does not start: Invalid argument; DPDK says: "
                     "unrecognized option '--foo'"),
    "bad device for eal": (device("net_null0", eal="--vdev=foo0"), "DPDK says: "),
    "too little memory": (device("net_null0", eal="-m 1"), 'give it more: --eal "-m MEGABYTES"'),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said(name: str, run_chain: RunChain, make_module: MakeModule) -> None:
    port, said = WRONG[name]
    outcome = run_chain(chain(node(make_module(PASS)), input=port))
    text = outcome.one("error")["text"]
    assert outcome.status == 1 and text.startswith("input: ") and said in text, outcome


def test_an_output_says_that_it_is_one(run_chain: RunChain, make_module: MakeModule) -> None:
    outcome = run_chain(chain(node(make_module(PASS)), output=device("net_foo0")))
    assert outcome.status == 1 and outcome.one("error")["text"].startswith("output: DPDK device net_foo0 ")


REFUSED = {
    "help": ({"eal": "-m 64 --help"}, "input.eal asks for help (--help)"),
    "short for help": ({"eal": "-vh"}, "input.eal asks for help (-vh)"),
    "abbreviated help": ({"eal": "--he"}, "input.eal asks for help (--he)"),
    "too many words": ({"eal": "-v " * 65}, "input.eal is too long: at most 64 words"),
    "too long a word": (
        {"eal": "-" * 5000},
        "input.eal is too long: at most 64 words of 4096 bytes together",
    ),
    "empty": ({"device": ""}, "input.device must not be empty"),
    "idle": ({"idle_ms": 0}, "input.idle_ms is 0; allowed are 1 to"),
    "packets": ({"packets": -1}, "input.packets is -1; allowed are 1 to"),
    "key": ({"queue": 1}, "input.queue is not a known key; known here: type, device, eal, packets, idle_ms"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_configuration_is_refused(name: str, run_chain: RunChain, make_module: MakeModule) -> None:
    changes, said = REFUSED[name]
    outcome = run_chain(chain(node(make_module(PASS)), input={**device("net_null0"), **changes}))
    assert (outcome.status, outcome.events) == (2, []) and said in outcome.stderr, outcome


def test_a_link_that_does_not_come_up(fphost: Path, tmp_path: Path, make_module: MakeModule) -> None:
    memif = device(f"net_memif0,role=server,socket-abstract=no,socket={tmp_path / 'socket'}")
    outcome = run_host(fphost, "run", chain(node(make_module(PASS)), input=pool(10), output=memif))
    check_accounts(outcome)
    assert outcome.status == 1 and outcome.done["drops"] == {"output failed": 10}
    said = "output: the link of DPDK device net_memif0 is down, 9 s after its start"
    assert outcome.one("error")["text"] == said


# What comes in by a ring is what went out by it: see check_dpdk.c.
RINGS = {
    "loop": "17 same equal\n60 same equal\n1514 same equal\n1920 same equal\n100 copied equal\n",
    "segments": "1500 copied equal\ntoo long 0\n",
    "long segments": "too long 1\n",
    "foreign": "900 copied equal\ntoo long 0\nother 64\n",
    "short clone": "900 copied equal\ntoo long 0\n",
    "long clone": "900 copied equal\ntoo long 0\n",
    "keeper": "full 5504, least free 128\n",
}


@pytest.mark.parametrize("name", RINGS)
@pytest.mark.parametrize("build", ["host_program", "sanitized_program"])
def test_frames_lie_where_the_driver_wrote_them(
    build: str, name: str, request: pytest.FixtureRequest
) -> None:
    make: Program = request.getfixturevalue(build)
    words = [make("tests/host/run/check_dpdk"), name]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == (RINGS[name] + "taken 0\n", 0), done.stderr
