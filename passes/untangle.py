"""Locals that are reached through a choice of their addresses become locals that are reached one by one.

LLVM merges the stores of two branches into one, through a phi of the addresses, and never takes that apart
again: such locals stay in memory, and for a guard, whose address is unknown, on the module stack. Here an
access through the phi becomes one to each of its locals, which keeps its value unless it was chosen. Then
nothing is left that keeps LLVM from holding them in registers.

Requires: an optimised module as LLVM prints it, every value named. Gives: the same program; the very text if
there is no such local.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

_MOST = 4  # locals of one phi: each costs a load, a selection and a store until they are registers
_MOST_ROUNDS = 8  # of finding out which choices depend on each other: a long chain is not worth more
_NAME = r'%(?:[-\w$.]+|"[^"]*")'
_TYPE = r"(?:i\d+|ptr|float|double|<\d+ x (?:i\d+|ptr|float|double)>)"
_NAMES = re.compile(_NAME)
_ALLOCA = re.compile(rf"  ({_NAME}) = alloca ({_TYPE}), align \d+")
_PHI = re.compile(rf"  ({_NAME}) = phi ptr (\[ .* \])")
_INCOMING = re.compile(rf"\[ ({_NAME}), ({_NAME}) \]")
_LOAD = re.compile(rf"  ({_NAME}) = load ({_TYPE}), ptr ({_NAME}), align \d+(, .*)?")
_STORE = re.compile(rf"  store ({_TYPE}) (.+), ptr ({_NAME}), align \d+(, .*)?")
_LIFETIME = re.compile(rf"  (?:tail )?call void @llvm\.lifetime\.(?:start|end)\.p0\(ptr [^%]*({_NAME})\).*")
_PLACE = re.compile(r"!dbg !\d+")


def untangle(text: str) -> str:
    """The module, with no access through a phi of locals that could be made without."""
    lines = text.split("\n")
    result: list[str] = []
    start = 0
    for at, line in enumerate(lines):
        if line.startswith("define "):
            result += lines[start:at]
            start = at
        elif line == "}":
            result += _untangle_function(lines[start : at + 1])
            start = at + 1
    return "\n".join([*result, *lines[start:]])


@dataclass(frozen=True)
class _Choice:
    """A phi: its name and, edge by edge, the local and the block."""

    name: str
    edges: tuple[tuple[str, str], ...]

    @property
    def locals(self) -> tuple[str, ...]:
        """Each once."""
        return tuple(dict.fromkeys(local for local, _ in self.edges))


@dataclass
class _Function:
    """The lines of one function that name what may be untangled, by name; its definition is not a use."""

    types: dict[str, str]  # local -> its type
    choices: dict[str, _Choice]
    uses: dict[str, list[str]] = field(default_factory=dict)

    def note_uses(self, line: str) -> None:
        for name in set(_NAMES.findall(line)):
            if (name in self.types or name in self.choices) and not line.startswith(f"  {name} = "):
                self.uses.setdefault(name, []).append(line)

    def keep_sound(self) -> None:
        """Drops choices until all that are left are only loaded and stored through, as their locals are."""
        for _ in range(_MOST_ROUNDS):
            wrong = [name for name, choice in self.choices.items() if not self._is_sound(choice)]
            for name in wrong:
                del self.choices[name]
            if not wrong:
                return
        self.choices.clear()

    def _is_sound(self, choice: _Choice) -> bool:
        kinds = {self.types[local] for local in choice.locals}
        if len(kinds) > 1 or not all(_access(line, choice.name) in kinds for line in self._uses(choice.name)):
            return False
        return all(self._is_plain(line, local) for local in choice.locals for line in self._uses(local))

    def _is_plain(self, line: str, local: str) -> bool:
        phi = _PHI.match(line)
        if phi is not None:
            return phi[1] in self.choices
        return bool(_access(line, local)) or _LIFETIME.fullmatch(line) is not None

    def _uses(self, name: str) -> list[str]:
        return self.uses.get(name, [])


def _access(line: str, pointer: str) -> str:
    """The type that is loaded or stored through `pointer`; "" if that is not all the line does with it."""
    found = _LOAD.fullmatch(line) or _STORE.fullmatch(line)
    if found is None or found[3] != pointer:
        return ""
    kind = found[2] if found.re is _LOAD else found[1]
    return kind if _NAMES.findall(line).count(pointer) == 1 else ""


def _untangle_function(lines: list[str]) -> list[str]:
    function = _read(lines)
    if not function.choices:
        return lines
    for line in lines:
        function.note_uses(line)
    function.keep_sound()
    return list(_rewrite(lines, function.choices)) if function.choices else lines


def _read(lines: Iterable[str]) -> _Function:
    """Only locals of the first block are there wherever a phi of theirs is."""
    function, labels = _Function({}, {}), 0
    for line in lines:
        labels += line[:1] not in (" ", "") and ":" in line
        if (found := _ALLOCA.match(line)) and labels <= 1:
            function.types[found[1]] = found[2]
        elif found := _PHI.match(line):
            _take_phi(function, found[1], found[2])
    return function


def _take_phi(function: _Function, name: str, pairs: str) -> None:
    edges = tuple((local, block) for local, block in _INCOMING.findall(pairs))
    choice = _Choice(name, edges)
    complete = len(edges) == pairs.count("[ ")
    if complete and 2 <= len(choice.locals) <= _MOST and function.types.keys() >= set(choice.locals):
        function.choices[name] = choice


def _rewrite(lines: Iterable[str], choices: Mapping[str, _Choice]) -> Iterator[str]:
    locals_ = {local for choice in choices.values() for local in choice.locals}
    for number, line in enumerate(lines):
        if (lifetime := _LIFETIME.fullmatch(line)) and lifetime[1] in locals_:
            continue
        phi, load, store = _PHI.match(line), _LOAD.fullmatch(line), _STORE.fullmatch(line)
        if phi and phi[1] in choices:
            yield from _write_phis(choices[phi[1]])
        elif load and load[3] in choices:
            yield from _write_load(load, choices[load[3]], f"%fp.apart{number}")
        elif store and store[3] in choices:
            yield from _write_store(store, choices[store[3]], f"%fp.apart{number}")
        else:
            yield line


def _is_chosen(choice: _Choice, local: str) -> str:
    """The name of the value that says whether the choice fell on `local`."""
    return f'%"fp.is.{choice.name[1:].strip(chr(34))}.{choice.locals.index(local)}"'


def _write_phis(choice: _Choice) -> Iterator[str]:
    for local in choice.locals:
        pairs = ", ".join(f"[ {str(local == chosen).lower()}, {block} ]" for chosen, block in choice.edges)
        yield f"  {_is_chosen(choice, local)} = phi i1 {pairs}"


def _write_load(load: re.Match[str], choice: _Choice, prefix: str) -> Iterator[str]:
    name, kind, place = load[1], load[2], _place(load[4])
    for at, local in enumerate(choice.locals):
        yield f"  {prefix}.{at} = load {kind}, ptr {local}, align 1{place}"
    value = f"{prefix}.0"
    for at, local in enumerate(choice.locals[1:], 1):
        chosen = name if at == len(choice.locals) - 1 else f"{prefix}.to{at}"
        condition = _is_chosen(choice, local)
        yield f"  {chosen} = select i1 {condition}, {kind} {prefix}.{at}, {kind} {value}{place}"
        value = chosen


def _write_store(store: re.Match[str], choice: _Choice, prefix: str) -> Iterator[str]:
    kind, value, place = store[1], store[2], _place(store[4])
    for at, local in enumerate(choice.locals):
        old, new = f"{prefix}.{at}", f"{prefix}.to{at}"
        yield f"  {old} = load {kind}, ptr {local}, align 1{place}"
        yield f"  {new} = select i1 {_is_chosen(choice, local)}, {kind} {value}, {kind} {old}{place}"
        yield f"  store {kind} {new}, ptr {local}, align 1{place}"


def _place(metadata: str | None) -> str:
    """The source position of an instruction, of all its metadata."""
    found = _PLACE.search(metadata or "")
    return f", {found[0]}" if found else ""
