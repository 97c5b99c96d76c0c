"""Where the keys of a TOML document stand: tomllib gives their values, this their lines.

The document must be one that tomllib has read. A place is a path of keys and indices: ("node", 2, "policy").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

Place = tuple[str | int, ...]

_TOKEN = re.compile(
    r"""
      (?P<text> \"{3} (?:\\[\s\S]|[^\\])*? \"{3,5} | '{3} [\s\S]*? '{3,5} | "(?:\\.|[^"\\\n])*" | '[^'\n]*' )
    | (?P<mark> [\[\]{}=,.] )
    | (?P<newline> \n )
    | (?P<skip> [ \t\r]+ | \#[^\n]* )
    | (?P<bare> [^\s\[\]{}=,."'\#]+ )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Token:
    kind: str
    text: str
    line: int

    @property
    def key(self) -> str:
        """As a part of a key: quoted ones without their quotes."""
        return self.text if self.kind == "bare" else str(tomllib.loads(f"key = {self.text}")["key"])


@dataclass
class TomlLines:
    """The lines of a document, counted from 1."""

    lines: dict[Place, int] = field(default_factory=dict)
    _tables: dict[Place, int] = field(default_factory=dict)  # arrays of tables, and how many they have so far
    _table: Place = ()  # the one whose keys come next

    def line_of(self, place: Place) -> int:
        """The line of a key, or of the nearest thing around it; 1 if there is none."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def note_statement(self, tokens: list[Token]) -> None:
        """One header or one key with its value."""
        if tokens[0].text == "[" and tokens[1].text == "[":
            self._open_element(_read_key(tokens[2:]), tokens[0].line)
        elif tokens[0].text == "[":
            self._table = self._resolve(_read_key(tokens[1:]))
            self.lines.setdefault(self._table, tokens[0].line)
        else:
            self._note_key(tokens)

    def _open_element(self, key: list[str], line: int) -> None:
        array = (*self._resolve(key[:-1]), key[-1])
        count = self._tables.get(array, 0)
        self._tables[array] = count + 1
        self._table = (*array, count)
        self.lines.setdefault(array, line)
        self.lines[self._table] = line

    def _resolve(self, key: list[str]) -> Place:
        """A header's key as a place: an array of tables stands for its last element."""
        place: Place = ()
        for part in key:
            place = (*place, part)
            if place in self._tables:
                place = (*place, self._tables[place] - 1)
        return place

    def _note_key(self, tokens: list[Token]) -> None:
        place = self._table
        for part in _read_key(tokens):
            place = (*place, part)
            self.lines.setdefault(place, tokens[0].line)
        for index, line in enumerate(_find_tables(tokens)):
            self.lines[*place, index] = line


def find_lines(text: str) -> TomlLines:
    """The lines of all keys outside of inline tables, and of inline tables in arrays."""
    found = TomlLines()
    for statement in _cut_statements(text):
        found.note_statement(statement)
    return found


def _read_key(tokens: list[Token]) -> list[str]:
    """The parts of a dotted key, up to its end."""
    parts = []
    for token in tokens:
        if token.text in ("=", "]"):
            break
        if token.text != ".":
            parts.append(token.key)
    return parts


def _find_tables(tokens: list[Token]) -> list[int]:
    """The lines of the inline tables in an array that is a key's value."""
    depth, lines = 0, []
    for token in tokens:
        if token.text == "{" and depth == 1:
            lines.append(token.line)
        depth += _turn(token)
    return lines


def _turn(token: Token) -> int:
    if token.kind != "mark":
        return 0
    return (token.text in "[{") - (token.text in "]}")


def _cut_statements(text: str) -> Iterator[list[Token]]:
    depth = 0
    statement: list[Token] = []
    for token in _cut_tokens(text):
        depth += _turn(token)
        if token.kind != "newline":
            statement.append(token)
        elif statement and depth == 0:
            yield statement
            statement = []
    if statement:
        yield statement


def _cut_tokens(text: str) -> Iterator[Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        if match.lastgroup and match.lastgroup != "skip":
            yield Token(match.lastgroup, match[0], line)
        line += match[0].count("\n")
