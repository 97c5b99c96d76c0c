"""Capture files in and out."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.host.run.capture_files import Captured, read_capture, write_capture
from tests.host.run.conftest import MakeModule, RunChain
from tests.host.run.runner import chain, node
from tests.host.run.sources import PASS, process

FRAME_MAX = 2048 - 128


def packets(count: int, seed: int = 1) -> list[Captured]:
    """Random bytes of random lengths: no parser may mind."""
    dice = random.Random(seed)
    return [
        Captured(
            dice.randbytes(dice.choice([1, 13, 14, 33, 34, 60, 64, 1500, FRAME_MAX])),
            10**18 + dice.randrange(10**15),
        )
        for _ in range(count)
    ]


def files(source: Path, target: Path) -> dict[str, object]:
    return {"input": {"type": "pcap", "path": str(source)}, "output": {"type": "pcap", "path": str(target)}}


def test_packets_pass_unchanged(make_module: MakeModule, run_chain: RunChain, tmp_path: Path) -> None:
    sent = packets(1001)
    ports = files(write_capture(tmp_path / "in.pcap", sent), tmp_path / "out.pcap")
    outcome = run_chain(chain(node(make_module(PASS)), **ports))
    assert outcome.done["in"] == outcome.done["out"] == 1001
    got = read_capture(tmp_path / "out.pcap")
    assert [(p.frame, p.time) for p in got] == [(p.frame, p.time) for p in sent]


def test_changed_packets_are_written_as_they_are(
    make_module: MakeModule, run_chain: RunChain, tmp_path: Path
) -> None:
    module = make_module(
        process(
            "for (unsigned i = 0; i < batch->count; i++) { struct fp_packet *p = &batch->packet[i];"
            "if (i % 2) p->gate = FP_DROP; p->data -= 4; p->len += 4; fp_memset(p->data, 0xab, 4); }"
        )
    )
    sent = [Captured(bytes([i]) * 60, i) for i in range(40)]
    ports = files(write_capture(tmp_path / "in.pcap", sent), tmp_path / "out.pcap")
    run_chain(chain(node(module), **ports))
    assert [p.frame for p in read_capture(tmp_path / "out.pcap")] == [
        b"\xab" * 4 + p.frame for p in sent if p.time % 2 == 0
    ]


def test_microsecond_captures_are_read(make_module: MakeModule, run_chain: RunChain, tmp_path: Path) -> None:
    sent = [Captured(b"x" * 60, 1_600_000_000_123_456_000)]
    source = write_capture(tmp_path / "in.pcap", sent, magic=0xA1B2C3D4)
    run_chain(chain(node(make_module(PASS)), **files(source, tmp_path / "out.pcap")))
    assert read_capture(tmp_path / "out.pcap")[0].time == sent[0].time


def test_too_long_packets_are_counted_and_dropped(
    make_module: MakeModule, run_chain: RunChain, tmp_path: Path
) -> None:
    """They keep their number, so that reports name the packet a reader of the capture would find."""
    sent = [Captured(b"a" * FRAME_MAX), Captured(b"b" * (FRAME_MAX + 1)), Captured(b"c" * 60)]
    module = make_module(process("batch->packet[1].gate = 99;"))
    ports = files(write_capture(tmp_path / "in.pcap", sent), tmp_path / "out.pcap")
    outcome = run_chain(chain(node(module), **ports))
    assert outcome.done["drops"] == {"too long": 1, "bad gate": 1}
    assert outcome.one("invalid packet")["packet"] == 2
    assert outcome.node()["in"] == 2


def test_packets_the_capture_cut_are_handed_in_as_captured(
    make_module: MakeModule, run_chain: RunChain, tmp_path: Path
) -> None:
    sent = [Captured(b"a" * 60, wire=1500), Captured(b"b" * 60)]
    ports = files(write_capture(tmp_path / "in.pcap", sent), tmp_path / "out.pcap")
    outcome = run_chain(chain(node(make_module(PASS)), **ports))
    assert outcome.done["truncated"] == 1
    assert [p.frame for p in read_capture(tmp_path / "out.pcap")] == [p.frame for p in sent]


def test_capture_that_ends_in_a_packet(make_module: MakeModule, run_chain: RunChain, tmp_path: Path) -> None:
    source = write_capture(tmp_path / "in.pcap", packets(50))
    source.write_bytes(source.read_bytes()[:-1])
    outcome = run_chain(chain(node(make_module(PASS)), **files(source, tmp_path / "out.pcap")))
    assert outcome.status == 1
    assert "after 49 packets" in outcome.one("error")["text"]
    assert outcome.done["out"] == len(read_capture(tmp_path / "out.pcap")) == 49


@pytest.mark.parametrize("link", [101, 113, 147])
def test_only_ethernet(link: int, make_module: MakeModule, run_chain: RunChain, tmp_path: Path) -> None:
    source = write_capture(tmp_path / "in.pcap", packets(1), link=link)
    outcome = run_chain(chain(node(make_module(PASS)), **files(source, tmp_path / "out.pcap")))
    assert outcome.status == 1
    assert "only Ethernet captures can be read" in outcome.one("error")["text"]


@pytest.mark.parametrize("content", [b"", b"hello", b"\xd4\xc3\xb2\xa1", bytes(100)])
def test_files_that_are_no_captures(
    content: bytes, make_module: MakeModule, run_chain: RunChain, tmp_path: Path
) -> None:
    (tmp_path / "in.pcap").write_bytes(content)
    outcome = run_chain(chain(node(make_module(PASS)), **files(tmp_path / "in.pcap", tmp_path / "out.pcap")))
    assert outcome.status == 1
    assert "in.pcap" in outcome.one("error")["text"]


def test_output_that_cannot_be_written(make_module: MakeModule, run_chain: RunChain, tmp_path: Path) -> None:
    source = write_capture(tmp_path / "in.pcap", packets(2000))
    outcome = run_chain(chain(node(make_module(PASS)), **files(source, Path("/dev/full"))))
    assert outcome.status == 1
    assert "/dev/full" in outcome.one("error")["text"]


def test_a_full_output_is_told_at_its_end(
    make_module: MakeModule, run_chain: RunChain, tmp_path: Path
) -> None:
    """Three packets wait in the buffer until the file is closed."""
    source = write_capture(tmp_path / "in.pcap", packets(3))
    outcome = run_chain(chain(node(make_module(PASS)), **files(source, Path("/dev/full"))))
    assert (outcome.status, outcome.done["incomplete"]) == (1, True)
    assert outcome.one("error")["text"] == "cannot write /dev/full: No space left on device"


@pytest.mark.parametrize("option", ["output", "fault_capture"])
def test_a_file_that_cannot_be_made(
    option: str, make_module: MakeModule, run_chain: RunChain, tmp_path: Path
) -> None:
    target = "/nonexist/out.pcap"
    config = chain(node(make_module(PASS), **({option: target} if option == "fault_capture" else {})))
    if option == "output":
        config["output"] = {"type": "pcap", "path": target}
    outcome = run_chain(config)
    assert outcome.status == 1
    assert outcome.one("error")["text"] == f"cannot write {target}: No such file or directory"


# What writes and what it writes to, and how the two are called. IN, ARGS, MODULE: the files that are read.
CLASHES = {
    "input": (("output", "IN"), "output.path is the same file as input.path"),
    "arguments": (("output", "ARGS"), "output.path is the same file as chain[0].args"),
    "module": (("output", "MODULE"), "output.path is the same file as chain[0].module"),
    "link": (("output", "LINK"), "output.path is the same file as input.path"),
    "hard link": (("output", "HARD"), "output.path is the same file as input.path"),
    "fault capture": (("fault_capture", "IN"), "chain[0].fault_capture is the same file as input.path"),
    "two outputs": (
        ("output", "OUT", "fault_capture", "OUT"),
        "output.path is the same file as chain[0].fault_capture",
    ),
    "link to nothing": (
        ("output", "OUT", "fault_capture", "DANGLING"),
        "output.path is the same file as chain[0].fault_capture",
    ),
}


@pytest.mark.parametrize("clash", CLASHES)
def test_nothing_is_overwritten(
    clash: str, make_module: MakeModule, run_chain: RunChain, tmp_path: Path
) -> None:
    words, said = CLASHES[clash]
    write_capture(tmp_path / "IN", packets(3))
    (tmp_path / "ARGS").write_text("rules\n")
    (tmp_path / "MODULE").write_bytes(make_module(PASS).read_bytes())
    (tmp_path / "LINK").symlink_to("IN")
    (tmp_path / "HARD").hardlink_to(tmp_path / "IN")
    (tmp_path / "DANGLING").symlink_to("OUT")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    paths = {key: str(tmp_path / name) for key, name in zip(words[::2], words[1::2], strict=True)}
    ports = files(tmp_path / "IN", Path(paths.pop("output", "/dev/null")))
    outcome = run_chain(chain(node(tmp_path / "MODULE", args=str(tmp_path / "ARGS"), **paths), **ports))
    assert outcome.status == 2 and said in outcome.stderr
    assert before == {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}


def test_devices_may_be_named_twice(make_module: MakeModule, run_chain: RunChain, tmp_path: Path) -> None:
    source = write_capture(tmp_path / "in.pcap", packets(3))
    nothing = Path("/dev/null")
    outcome = run_chain(chain(node(make_module(PASS), fault_capture=str(nothing)), **files(source, nothing)))
    assert outcome.status == 0
