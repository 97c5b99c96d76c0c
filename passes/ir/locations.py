"""Source places of instructions, from the module's debug metadata."""

from __future__ import annotations

import re

from passes.ir.module import Function, Module
from passes.model import Location

_VARIABLES = re.compile(r", retainedNodes: !\d+")
_FIELD = re.compile(r'(\w+): (!?\d+|!?"[^"]*")')


class LocationReader:
    """Resolves !dbg nodes of one module; an unknown node gives an empty Location."""

    def __init__(self, module: Module) -> None:
        self._metadata = module.metadata
        self._made = 0  # the last number given to a new node
        self._fields: dict[str, dict[str, str]] = {}

    def locate(self, node: str) -> Location:
        """The place a DILocation names: where the code was written, not where it was inlined."""
        fields = self._read(node)
        if "line" not in fields:
            return Location()
        return Location(
            self._file(fields.get("scope", "")), int(fields["line"]), int(fields.get("column", 0))
        )

    def locate_function(self, function: Function) -> Location:
        """Where `function` is defined."""
        fields = self._read(function.subprogram)
        return Location(self._file(function.subprogram), int(fields.get("line", 0)))

    def written_function(self, node: str) -> str:
        """Name of the function the place of a DILocation was written in, "" if unknown."""
        scope = self._subprogram(node)
        return self._read(scope).get("name", "").strip('"') if scope else ""

    def entry_location(self, function: Function) -> str:
        """A new node for the place where `function` is defined, "" if it is unknown."""
        line = self._read(function.subprogram).get("line")
        if line is None:
            return ""
        node = f"!{self._next_number()}"
        self._metadata[node] = f"!DILocation(line: {line}, scope: {function.subprogram})"
        return node

    def artificial_location(self, subprogram: str) -> str:
        """A new node for code of a function that stands for no line of it."""
        node = f"!{self._next_number()}"
        self._metadata[node] = f"!DILocation(line: 0, scope: {subprogram})"
        return node

    def _next_number(self) -> int:
        if not self._made:
            self._made = 1 + max(int(name[1:]) for name in self._metadata if name[1:].isdigit())
        self._made += 1
        return self._made

    def clone_location(self, node: str) -> tuple[str, str]:
        """New nodes for a function made for the place `node`: its subprogram and location, "" if unknown.

        A subprogram belongs to one function, so the new one repeats the old one's file, line and name; its
        variables (with -g) stay the old one's.
        """
        fields = self._read(node)
        scope = self._subprogram(node)
        if "line" not in fields or not scope:
            return "", ""
        subprogram, location = f"!{self._next_number()}", f"!{self._next_number()}"
        self._metadata[subprogram] = _VARIABLES.sub("", self._metadata[scope])
        place = f"line: {fields['line']}, column: {fields.get('column', 0)}"
        self._metadata[location] = f"!DILocation({place}, scope: {subprogram})"
        return subprogram, location

    def _subprogram(self, node: str) -> str:
        scope = self._read(node).get("scope", "")
        while scope and "DISubprogram" not in self._metadata.get(scope, ""):
            scope = self._read(scope).get("scope", "")
        return scope

    def _file(self, scope: str) -> str:
        name = self._read(self._read(scope).get("file", "")).get("filename", "")
        return name.strip('"')

    def _read(self, node: str) -> dict[str, str]:
        if node not in self._fields:
            self._fields[node] = dict(_FIELD.findall(self._metadata.get(node, "")))
        return self._fields[node]
