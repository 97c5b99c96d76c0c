"""graph.toml: the same as the command line of `fpcc run`, in a file. Strict: whatever it holds has a meaning.

[input]     type = "pcap": path, paced; type = "pool": count, size, packets, rate, pcap; type = "af_packet":
            interface, promiscuous, packets, idle_ms; or type = "dpdk": device, eal, packets, idle_ms
[output]    type = "pcap": path; type = "af_packet": interface; type = "dpdk": device, eal; or type = "null"
[[node]]    name and module; args, policy, budget_us, init_budget_us, heap_bytes, fault_capture
and at the top batch, allow_unprotected. Paths are relative to the file. Errors say file, key, what is wrong,
and what is allowed; TOML's own errors say line and column.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fpcc.decisions_file import read_limited
from fpcc.errors import InputError
from fpcc.graph_keys import INPUTS, NODE, OUTPUTS, TOP, Keys, Kind, check_value, show_value
from fpcc.run_plan import Node, RunPlan, check_file, check_module_path

_LARGEST = 1 << 20  # bytes of a graph.toml


def read_graph(path: Path) -> RunPlan:
    """The plan in a graph.toml. Raises InputError."""
    top = parse_toml(path, read_toml(path))
    if "edge" in top or "tenant" in top:
        raise InputError(
            f"{path}: a graph of tenants, which `fpcc serve` runs; here it is a chain of modules"
        )
    return Graph(path).plan(top)


class Graph:
    """One file being read: knows its name for errors, and its directory for paths."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def plan(self, top: Mapping[str, Any]) -> RunPlan:
        self._check_table(top, "", TOP)
        nodes = tuple(self._node(table, f"node[{index}]") for index, table in enumerate(top["node"]))
        self._check_names(nodes)
        return RunPlan(
            input=self._port(top["input"], "input", INPUTS),
            output=self._port(top["output"], "output", OUTPUTS),
            nodes=nodes,
            batch=top.get("batch"),
            allow_unprotected=top.get("allow_unprotected", False),
            graph=self.path,
            explain=self._explain,
        )

    def error(self, place: str, reason: str) -> InputError:
        return InputError(f"{self.path}: {place}: {reason}" if place else f"{self.path}: {reason}")

    def _port(self, table: Mapping[str, Any], place: str, types: Mapping[str, Keys]) -> dict[str, Any]:
        kind = table.get("type")
        known = " or ".join(f'"{name}"' for name in types)
        if kind is None:
            raise self.error(place, f'the key "type" is missing; it is {known}')
        if not isinstance(kind, str) or kind not in types:
            raise self.error(f"{place}.type", f"must be {known}, not {show_value(kind)}")
        return self._settings(table, place, types[kind])

    def _node(self, table: object, place: str) -> Node:
        if not isinstance(table, dict):
            raise self.error(place, "must be a table, written under [[node]]")
        settings = self._settings(table, place, NODE)
        name, module, args = settings.pop("name"), Path(settings.pop("module")), settings.pop("args", None)
        check_module_path(module, f"{self.path}: {place}.module: ")
        return Node(name, module, None if args is None else Path(args), settings)

    def _settings(self, table: Mapping[str, Any], place: str, keys: Keys) -> dict[str, Any]:
        """The table, checked, with paths as seen from here."""
        self._check_table(table, place, keys)
        return {key: self._resolve(keys[key].kind, value, f"{place}.{key}") for key, value in table.items()}

    def _check_table(self, table: Mapping[str, Any], place: str, keys: Keys) -> None:
        """No unknown key, none missing, each of its type."""
        prefix = f"{place}." if place else ""
        for key, value in table.items():
            if key not in keys:
                raise self.error(f"{prefix}{key}", f"unknown key; known here are {', '.join(keys)}")
            if reason := check_value(keys[key], value):
                raise self.error(f"{prefix}{key}", reason)
        missing = [key for key, rule in keys.items() if rule.required and key not in table]
        if missing:
            rule = keys[missing[0]]
            raise self.error(place, f'the key "{missing[0]}" is missing; it is {rule.meaning}')

    def _check_names(self, nodes: tuple[Node, ...]) -> None:
        name, count = Counter(node.name for node in nodes).most_common(1)[0]
        if count > 1:
            where = [f"node[{index}].name" for index, node in enumerate(nodes) if node.name == name]
            raise self.error(
                where[1], f'"{name}" is the name of {where[0].removesuffix(".name")}, too; names differ'
            )

    def _resolve(self, kind: Kind, value: Any, place: str) -> Any:
        if kind not in (Kind.PATH, Kind.FILE):
            return value
        path = self.path.parent / value
        if kind is Kind.FILE:
            check_file(path, f"{self.path}: {place}: ")
        return str(path)

    def _explain(self, place: str, complaint: str) -> str:
        return f"{self.path}: {place.replace('chain', 'node', 1)} {complaint}"


def read_toml(path: Path) -> str:
    """The text of a file that is not too large. Raises InputError."""
    try:
        return read_limited(path, _LARGEST).decode()
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}") from error


def parse_toml(path: Path, text: str) -> dict[str, Any]:
    """The text as TOML; `path` is for errors, which are InputError."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: not TOML: {error}") from error
    except RecursionError as error:
        raise InputError(f"{path}: nested too deeply") from error
