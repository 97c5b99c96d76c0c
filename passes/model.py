"""The nouns of the passes: positions, accesses, guards, decisions. `decisions.json` is these, field by field.

Shapes: sizes and offsets are bytes; lines and columns count from 1, 0 means unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SCHEMA = 1


class Region(StrEnum):
    """A part of the arena, or all of it, that an access is guarded with; nothing is mapped around each."""

    PACKETS = "packets"  # of the batch
    OBJECTS = "image and heap"
    STACK = "stack"
    ARENA = "arena"


@dataclass(frozen=True, order=True)
class Location:
    """Where in the source an instruction comes from, after inlining: the innermost place."""

    file: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True)
class Access:
    """One load, store, atomic or memory intrinsic of a module, and what was decided about it."""

    id: int
    function: str  # name in the source
    location: Location
    expression: str  # source text behind the access, "" if unknown
    kind: str  # "read", "write", "update" (atomics: both)
    operation: str  # IR opcode or intrinsic: "load", "store", "atomicrmw", "memcpy", ...
    size: int  # bytes touched, 0 if not known before run time
    root: str  # IR name of the pointer it is based on
    offset: int  # constant byte offset from the root
    decision: (
        # "guarded", "covered" (by an earlier guard), "confined" (its address is cut to the arena),
        # "free" (proved), "unguarded" (the mode does not ask)
        str
    )
    reason: str  # the name of the rule that decided, e.g. "first access to its root", "stays in a global"
    guard: int = -1  # id of the guard that protects it, -1 if none
    region: str = Region.ARENA  # what its root is known to point into


@dataclass(frozen=True)
class Guard:
    """One check that fpcc inserted."""

    id: int
    function: str
    location: Location
    expression: str
    kind: str  # kind of the first access it serves
    root: str
    placement: str  # "access", or "loop entry" when it was lifted out of a loop


@dataclass(frozen=True)
class Site:
    """Where objects come from, in mode `pointer`: a variable, a local, a call of malloc()."""

    id: int  # counts from 1
    kind: str  # "heap", "global", "string", "local", "batch", "packet", "args"
    name: str  # of a variable or local, of the function that allocates; "" if it has none
    function: str  # that the place is in, "" for variables and what the host hands in
    location: Location


@dataclass(frozen=True)
class Check:
    """An access in mode `pointer`, and how it is held to the bounds of its pointer's object."""

    id: int
    function: str
    location: Location
    expression: str
    kind: str  # "read", "write", "update"
    size: int  # bytes, 0 if not known before run time
    # "checked"; "proved": it needs no check; "unknown": nothing tells its object, so the arena is its limit
    decision: str
    reason: str  # the name of the rule that decided


@dataclass(frozen=True)
class Source:
    """A source file of the NF with the text reports show."""

    path: str
    sha256: str
    text: str


@dataclass(frozen=True)
class Decisions:
    """Everything fpcc decided about one module."""

    nf: str
    mode: str
    lowering: str
    sources: tuple[Source, ...] = ()
    functions: tuple[str, ...] = ()
    accesses: tuple[Access, ...] = ()
    guards: tuple[Guard, ...] = ()
    imports: tuple[str, ...] = ()
    moved_locals: tuple[str, ...] = ()  # locals moved to the module stack, "function:name: reason"
    checks: tuple[Check, ...] = ()  # mode `pointer`
    sites: tuple[Site, ...] = ()  # mode `pointer`
    schema: int = SCHEMA


@dataclass(frozen=True)
class Refusal:
    """Something a module must not contain: where, what, and what to do instead."""

    location: Location
    function: str
    reason: str
    hint: str = ""


class RefusedError(Exception):
    """The module is refused; all reasons found, in source order."""

    def __init__(self, refusals: list[Refusal]) -> None:
        self.refusals = tuple(sorted(set(refusals), key=lambda r: (r.location, r.reason)))
        super().__init__("; ".join(f"{r.location.file}:{r.location.line}: {r.reason}" for r in self.refusals))
