"""payload: the first pattern of the file that is `in` the payload decides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.nfs.driver import DROP, Output, Packet
from tests.nfs.models.headers import Unparsed, parse

LINE = re.compile(r'\s*(\w+)\s+(?:text\s+"((?:[^"\\]|\\.)*)"|hex\s+([0-9a-fA-F]+))')
ESCAPE = re.compile(rb"\\(x[0-9a-fA-F]{2}|.)")
LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"0": b"\0", b'"': b'"', b"\\": b"\\"}

Pattern = tuple[bytes, int]


def unescape(text: str) -> bytes:
    def replace(match: re.Match[bytes]) -> bytes:
        letter = match[1]
        return bytes.fromhex(letter[1:].decode()) if len(letter) == 3 else LETTERS[letter]

    return ESCAPE.sub(replace, text.encode("latin-1"))


def parse_patterns(args: str) -> list[Pattern]:
    patterns = []
    for line in args.split("\n"):
        match = LINE.match(line)
        if match:
            action, text, digits = match.groups()
            needle = bytes.fromhex(digits) if digits else unescape(text)
            patterns.append((needle, DROP if action == "drop" else int(action)))
    return patterns


def run(packets: Sequence[Packet], args: str) -> list[Output]:
    patterns = parse_patterns(args)
    return [Output(judge(packet.data, patterns), packet.data) for packet in packets]


def judge(data: bytes, patterns: list[Pattern]) -> int:
    datagram = parse(data)
    if isinstance(datagram, Unparsed):
        return DROP if datagram is Unparsed.MALFORMED else 0
    payload = datagram.payload
    return next((gate for needle, gate in patterns if needle in payload), 0)
