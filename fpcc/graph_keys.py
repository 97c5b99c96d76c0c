"""The keys of graph.toml: what each may hold, and what it is for errors about its absence."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from fpcc.run_plan import POLICIES
from fpcc.strict_json import INTEGER_LIMIT


class Kind(Enum):
    """What a value must be, in the words of the error."""

    TEXT = "a string that is not empty"
    FILE = "the path of a file, a string that is not empty"  # must exist
    PATH = "a path, a string that is not empty"
    INTEGER = "an integer of 64 bits"
    BOOLEAN = "true or false"
    TABLE = "a table"
    TABLES = "at least one table, written as [[node]]"
    ITEMS = "tables, each written under double brackets"
    INTEGERS = "an array that holds integers only, at least one"
    TEXTS = "an array that holds strings only, none of them empty"
    USERS = "an array that holds names and numbers of users only"
    POLICY = " or ".join(f'"{policy}"' for policy in POLICIES)


@dataclass(frozen=True)
class Key:
    kind: Kind
    meaning: str
    required: bool = False


Keys = Mapping[str, Key]

TOP: Keys = {
    "input": Key(Kind.TABLE, "the table [input], where packets come from", required=True),
    "output": Key(Kind.TABLE, "the table [output], where packets go", required=True),
    "node": Key(Kind.TABLES, "one table [[node]] for each module, in order", required=True),
    "batch": Key(Kind.INTEGER, "the packets of one call"),
    "allow_unprotected": Key(Kind.BOOLEAN, "whether modules of mode `none` may run"),
}

_TYPE = Key(Kind.TEXT, "the port's type", required=True)

_DPDK: Keys = {
    "type": _TYPE,
    "device": Key(Kind.TEXT, "the device's name in DPDK, with arguments after a comma", required=True),
    "eal": Key(Kind.TEXT, "more of DPDK's own command line"),
}

INPUTS: Mapping[str, Keys] = {
    "pcap": {
        "type": _TYPE,
        "path": Key(Kind.FILE, "the capture file to read", required=True),
        "paced": Key(Kind.BOOLEAN, "whether packets come as far apart as when they were captured"),
    },
    "pool": {
        "type": _TYPE,
        "count": Key(Kind.INTEGER, "how many packets are prepared"),
        "size": Key(Kind.INTEGER, "the bytes of each"),
        "packets": Key(Kind.INTEGER, "how many are handed in"),
        "rate": Key(Kind.INTEGER, "how many a second, as fast as possible if not said"),
        "pcap": Key(Kind.FILE, "a capture file to take them from"),
    },
    "af_packet": {
        "type": _TYPE,
        "interface": Key(Kind.TEXT, "the network interface to receive from", required=True),
        "promiscuous": Key(Kind.BOOLEAN, "whether frames addressed to others are received"),
        "packets": Key(Kind.INTEGER, "how many packets end the run"),
        "idle_ms": Key(Kind.INTEGER, "how many milliseconds without a packet end the run"),
    },
    "dpdk": {
        **_DPDK,
        "packets": Key(Kind.INTEGER, "how many packets end the run"),
        "idle_ms": Key(Kind.INTEGER, "how many milliseconds without a packet end the run"),
    },
}

OUTPUTS: Mapping[str, Keys] = {
    "pcap": {"type": _TYPE, "path": Key(Kind.PATH, "the capture file to write", required=True)},
    "af_packet": {
        "type": _TYPE,
        "interface": Key(Kind.TEXT, "the network interface to send from", required=True),
    },
    "dpdk": _DPDK,
    "null": {"type": _TYPE},
}

NODE: Keys = {
    "name": Key(Kind.TEXT, "what the node is called, unlike any other", required=True),
    "module": Key(Kind.PATH, "the path of a module that `fpcc build` made", required=True),
    "args": Key(Kind.FILE, "the argument file"),
    "policy": Key(Kind.POLICY, "what follows a fault"),
    "budget_us": Key(Kind.INTEGER, "microseconds of processor time for one batch"),
    "init_budget_us": Key(Kind.INTEGER, "the same for init() and fini()"),
    "heap_bytes": Key(Kind.INTEGER, "the bytes of the heap"),
    "fault_capture": Key(Kind.PATH, "a capture file for batches in which the module faulted"),
}


def check_value(key: Key, value: Any) -> str:
    """What is wrong with `value`, "" if nothing."""
    return "" if _CHECKS[key.kind](value) else f"must be {key.kind.value}, not {show_value(value)}"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value != "" and "\0" not in value


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -INTEGER_LIMIT <= value < INTEGER_LIMIT


def _is_integers(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 0 and all(map(_is_integer, value))


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_users(value: Any) -> bool:
    return isinstance(value, list) and all(_is_text(user) or _is_integer(user) for user in value)


_CHECKS: Mapping[Kind, Callable[[Any], bool]] = {
    Kind.TEXT: _is_text,
    Kind.FILE: _is_text,
    Kind.PATH: _is_text,
    Kind.INTEGER: _is_integer,
    Kind.BOOLEAN: lambda value: isinstance(value, bool),
    Kind.TABLE: lambda value: isinstance(value, dict),
    Kind.TABLES: lambda value: isinstance(value, list) and len(value) > 0,
    Kind.ITEMS: lambda value: isinstance(value, list) and len(value) > 0,
    Kind.INTEGERS: _is_integers,
    Kind.TEXTS: _is_texts,
    Kind.USERS: _is_users,
    Kind.POLICY: lambda value: value in POLICIES,
}

_NAMES = {dict: "a table", list: "an array", bool: "a boolean"}


def show_value(value: Any) -> str:
    """The value as TOML has it if it is short, else what it is."""
    if isinstance(value, str):
        return json.dumps(value[:40], ensure_ascii=False)
    if isinstance(value, list) and not value:
        return "an empty array"
    if isinstance(value, bool):
        return str(value).lower()
    return _NAMES.get(type(value), str(value)[:40])
