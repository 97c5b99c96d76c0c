"""A graph's TOML file being read: its tables, the lines of its keys, and errors that name both."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fpcc.errors import InputError
from fpcc.graph import parse_toml, read_toml
from fpcc.graph_keys import Keys, Kind, check_value
from fpcc.graphs.toml_lines import Place, find_lines
from fpcc.run_plan import check_file


class Document:
    """Tables are checked as they are asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        text = read_toml(path)
        self.top = parse_toml(path, text)
        self.lines = find_lines(text)

    def error(self, place: Place, reason: str) -> InputError:
        """An error of the key or table at `place`."""
        return InputError(f"{self.where(place)}: {reason}")

    def where(self, place: Place) -> str:
        """`graph.toml:12: node "fw": policy`."""
        return ": ".join([f"{self.path}:{self.lines.line_of(place)}", *self._words(place)])

    def table(self, place: Place) -> Mapping[str, Any]:
        """The table at `place`, not checked yet."""
        table = self._at(place)
        if not isinstance(table, dict):
            raise self.error(place, "must be a table")
        return table

    def check_table(self, place: Place, keys: Keys) -> Mapping[str, Any]:
        """The table, in which no key is unknown, none is missing, and each is of its type."""
        table = self.table(place)
        for key, value in table.items():
            if key not in keys:
                raise self.error((*place, key), f"unknown key; known here are {', '.join(keys)}")
            if reason := check_value(keys[key], value):
                raise self.error((*place, key), reason)
        for key, rule in keys.items():
            if rule.required and key not in table:
                raise self.error(place, f'the key "{key}" is missing; it is {rule.meaning}')
        return table

    def resolve(self, place: Place, keys: Keys) -> dict[str, Any]:
        """Those of the table's keys that are in `keys`. Files must be there. Paths become absolute: the host
        may have another working directory."""
        table = self._at(place)
        return {
            key: self._resolve_value(rule.kind, table[key], (*place, key))
            for key, rule in keys.items()
            if key in table
        }

    def _resolve_value(self, kind: Kind, value: Any, place: Place) -> Any:
        if kind not in (Kind.PATH, Kind.FILE):
            return value
        path = self.path.parent.resolve() / value
        if ".." in Path(value).parts:  # a host takes no detours from a tenant
            path = path.resolve()
        if kind is Kind.FILE:
            check_file(path, f"{self.where(place)}: ")
        return str(path)

    def _at(self, place: Place) -> Any:
        value: Any = self.top
        for part in place:
            value = value[part]
        return value

    def _words(self, place: Place) -> list[str]:
        """Tables by what they are called, if they are."""
        if not place:
            return []
        if len(place) < 2 or not isinstance(place[1], int):
            return ["".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)[1:]]
        return [self._call(str(place[0]), place[1]), *map(str, place[2:])]

    def _call(self, kind: str, index: int) -> str:
        table = self._at((kind, index))
        if not isinstance(table, dict):
            return f"{kind}[{index}]"
        if kind == "edge" and {"from", "to"} <= table.keys():
            return f"edge {_show(table['from'])} -> {_show(table['to'])}"
        return f"{kind} {_show(table['name'])}" if "name" in table else f"{kind}[{index}]"


def _show(name: object) -> str:
    return json.dumps(name[:63], ensure_ascii=False) if isinstance(name, str) else "?"
