"""The ports of the command line: what a word behind --in or --out means to fphost.

A word is a capture file, or a prefix and a name: `af_packet:NAME` is a network interface, `dpdk:NAME` a
device of DPDK. A file that begins like that is written with a directory: `./af_packet:NAME`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fpcc.errors import InputError
from fpcc.run_plan import check_file

# Prefix of the word and type of the port -> the key that holds the rest of the word.
LIVE = {"af_packet": "interface", "dpdk": "device"}


def read_input(word: str | None, ends: Mapping[str, int]) -> dict[str, Any]:
    """`ends` are keys that end a live input: packets, idle_ms. Raises InputError."""
    if word is None:
        raise InputError(
            "--in is missing: name the capture file, af_packet:INTERFACE or dpdk:DEVICE the packets come from"
        )
    live = _read_live(word, "--in")
    if live:
        return {**live, **ends}
    check_file(Path(word), "--in ")
    if ends:
        option = f"--{next(iter(ends)).replace('_', '-')}"
        raise InputError(f"{option} is for interfaces and devices; {word} is a file, which ends by itself")
    return {"type": "pcap", "path": word}


def add_pace(source: dict[str, Any], *, paced: bool) -> None:
    """Whether the packets of a capture come as far apart as when they were captured. Raises InputError."""
    if paced and source["type"] != "pcap":
        raise InputError("--paced is for capture files: other packets come when they come")
    if paced:
        source["paced"] = True


def read_output(word: str | None) -> dict[str, Any]:
    """Without a word packets are let go. Raises InputError."""
    if word is None:
        return {"type": "null"}
    return _read_live(word, "--out") or {"type": "pcap", "path": word}


def add_eal(source: dict[str, Any], output: dict[str, Any], words: str | None) -> None:
    """Gives the words to a port of DPDK: they are for the process, whichever port brings them."""
    if words is None:
        return
    port = next((port for port in (source, output) if port["type"] == "dpdk"), None)
    if port is None:
        raise InputError("--eal is for devices of DPDK: --in dpdk:NAME or --out dpdk:NAME")
    port["eal"] = words


def _read_live(word: str, option: str) -> dict[str, Any]:
    """Nothing if it is a file."""
    prefix, separator, name = word.partition(":")
    if not separator or prefix not in LIVE:
        return {}
    if not name:
        raise InputError(f"{option} {word}: the {LIVE[prefix]}'s name is missing: {prefix}:NAME")
    return {"type": prefix, LIVE[prefix]: name}
