"""Where in the source a fault comes from: by the guard it names, else by its program counter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import Any

from fpcc.fault_object import failed_check, touched_bytes
from fpcc.inline_frames import Frame
from passes.model import Access, Decisions, Location

Event = Mapping[str, Any]

_FITTING = {"read": ("read", "update"), "write": ("write", "update")}
_KINDS_OF_ACCESSES = ("guard", "bounds", "memory", "api")  # faults that some access is at the root of
_LIBRARY = "/fastpaas/"  # what the paths of its files begin with, headers included
_INTERNAL = "fp."  # what names of functions begin with that fpcc makes


@dataclass(frozen=True)
class Origin:
    """What is known of the place; the NF's own, if the fault happened in a function called from there."""

    location: Location = Location()
    function: str = ""
    expression: str = ""
    kind: str = ""  # "read", "write", "update", "" if it was no access
    size: int = 0  # bytes, 0 if unknown
    decision: str = ""  # about the access
    source_line: str = ""
    inside: tuple[Frame, ...] = ()  # functions of the module library that were called there, outermost first
    callers: tuple[Frame, ...] = ()  # functions that called this one, inlined or not, innermost first


def find_origin(decisions: Decisions, calls: Sequence[Sequence[Frame]], event: Event) -> Origin:
    """`calls`: frames of the place of the fault, then those of each call that led there, innermost first."""
    known, *outer = [_without_internals(frames) for frames in calls] or [[]]
    touched = _origin_of_guard(decisions, event) or _origin_of_check(decisions, event)
    touched = touched or _origin_of_access(decisions, known, event)
    if touched:
        known = [Frame(touched.function, touched.location), *_callers_of(touched.location, known)]
    known = _without_doubles([*known, *chain.from_iterable(outer)])
    if not known:
        return Origin()
    depth = _depth_of_own(decisions, known)
    touched = touched or Origin()
    return replace(
        touched,
        location=known[depth].location,
        function=known[depth].function,
        expression="" if depth else touched.expression,
        source_line=_source_line(decisions, known[depth].location),
        inside=tuple(reversed(known[:depth])),
        callers=tuple(known[depth + 1 :]),
    )


def _without_internals(frames: Sequence[Frame]) -> list[Frame]:
    return [found for frame in frames if (found := _without_internal(frame))]


def _without_internal(frame: Frame) -> Frame | None:
    """A function of fpcc's own making stands for the place it was made for, if it has one."""
    if not frame.function.startswith(_INTERNAL):
        return frame
    return replace(frame, function="") if frame.location.line else None


def _without_doubles(frames: Sequence[Frame]) -> list[Frame]:
    """What stands for the place it was called at need not be said beside it."""
    pairs = zip_longest(frames, frames[1:])
    return [
        frame for frame, outer in pairs if frame.function or not outer or frame.location != outer.location
    ]


def _origin_of_guard(decisions: Decisions, event: Event) -> Origin | None:
    guard = next((found for found in decisions.guards if found.id == event.get("guard")), None)
    if guard is None:
        return None
    served = (access.size for access in decisions.accesses if access.guard == guard.id)
    return Origin(guard.location, guard.function, guard.expression, guard.kind, next(served, 0))


def _origin_of_check(decisions: Decisions, event: Event) -> Origin | None:
    check = failed_check(decisions, event)
    if check is None:
        return None
    size = touched_bytes(event) or check.size
    return Origin(check.location, check.function, check.expression, check.kind, size)


def _origin_of_access(decisions: Decisions, frames: Sequence[Frame], event: Event) -> Origin | None:
    """The access at the innermost place that fits the event's: at its column, else the line's only one."""
    if not frames or event.get("kind") not in _KINDS_OF_ACCESSES:
        return None
    place, kinds = frames[0].location, _FITTING.get(str(event.get("access")), ("read", "write", "update"))
    there = [
        access
        for access in decisions.accesses
        if _same_line(access.location, place) and access.location.column and access.kind in kinds
    ]
    exact = [access for access in there if access.location.column == place.column]
    if not exact and len({access.location for access in there}) > 1:
        return None
    return next((_of_access(access) for access in exact or there), None)


def _of_access(access: Access) -> Origin:
    return Origin(
        access.location, access.function, access.expression, access.kind, access.size, access.decision
    )


def _callers_of(place: Location, frames: Sequence[Frame]) -> Sequence[Frame]:
    """A guard may have been moved or merged: callers count only if the code is still where it was."""
    return frames[1:] if frames and _same_line(frames[0].location, place) else ()


def _depth_of_own(decisions: Decisions, frames: Sequence[Frame]) -> int:
    """The innermost frame in the NF's own files, 0 if none is; without decisions: in no file of ours."""
    own = {source.path for source in decisions.sources}
    files = [frame.location.file for frame in frames]
    in_own = [file in own if own else bool(file) and not file.startswith(_LIBRARY) for file in files]
    return in_own.index(True) if any(in_own) else 0


def _source_line(decisions: Decisions, place: Location) -> str:
    text = next((source.text for source in decisions.sources if source.path == place.file), "")
    lines = text.split("\n")
    return lines[place.line - 1].rstrip() if 1 <= place.line <= len(lines) else ""


def _same_line(one: Location, other: Location) -> bool:
    return (one.file, one.line) == (other.file, other.line)
