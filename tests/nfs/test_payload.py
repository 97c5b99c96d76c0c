"""payload: arbitrary pattern sets against Python's `in`, in an alphabet small enough for overlaps."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nfs import build_packets as build
from tests.nfs.conftest import BuildNf
from tests.nfs.driver import DROP, Packet
from tests.nfs.models import payload
from tests.nfs.shipped import shipped_args, shipped_packets

letters = st.lists(st.sampled_from(b"ab\x00\xff"), min_size=1, max_size=8).map(bytes)
texts = st.lists(st.sampled_from(b"ab\x00\xff"), max_size=40).map(bytes)
actions = st.sampled_from(["drop", "1", "2", "63"])
ENDS = ("192.0.2.1", "198.51.100.1")


def packet_of(text: bytes) -> Packet:
    return Packet(build.frame(ENDS, build.UDP, build.udp(1, 2, text)))


def test_any_patterns_are_found_as_python_finds_them(native: BuildNf) -> None:
    nf = native("payload")

    @settings(max_examples=150, deadline=None)
    @given(patterns=st.lists(st.tuples(actions, letters), max_size=12), found=st.lists(texts, max_size=20))
    def check(patterns: list[tuple[str, bytes]], found: list[bytes]) -> None:
        args = "\n".join(f"{action} hex {needle.hex()}" for action, needle in patterns)
        outputs = nf.run([packet_of(text) for text in found], args.encode()).outputs
        for text, output in zip(found, outputs, strict=True):
            first = next((action for action, needle in patterns if needle in text), "0")
            assert output.gate == (DROP if first == "drop" else int(first))

    check()


def test_text_and_hex_say_the_same(native: BuildNf) -> None:
    text = r'drop text "a\"\\\n\r\t\0\x7f\xFf b#"'
    needle = b'a"\\\n\r\t\0\x7f\xff b#'
    packets = [packet_of(needle), packet_of(needle[:-1]), packet_of(b"x" + needle + b"y")]
    for args in (text, f"drop hex {needle.hex()}"):
        assert [output.gate for output in native("payload").run(packets, args.encode()).outputs] == [
            DROP,
            0,
            DROP,
        ]


def test_headers_and_padding_are_not_searched(native: BuildNf) -> None:
    data = build.frame(ENDS, build.TCP, build.tcp(0x4142, 2, b"text", options=b"\1" * 8)) + b"needle"
    args = 'drop hex 4142\ndrop hex 01010101\ndrop text "needle"\n5 text "tex"'
    assert native("payload").run([Packet(data)], args.encode()).outputs[0].gate == 5


def test_fini_reports_which_patterns_decided(native: BuildNf) -> None:
    packets, args = shipped_packets(), shipped_args("payload")
    result = native("payload").run(packets, args.encode())
    said = [int(n) for n in re.findall(r"pattern on line \d+: (\d+) packets", "\n".join(result.log))]
    gates = [output.gate for output in payload.run(packets, args)]
    assert sum(said) == sum(gate != 0 for gate in gates)
    assert result.counters["payload.dropped"] == gates.count(DROP) > 0
    assert gates.count(1) > 0
