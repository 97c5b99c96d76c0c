"""Where in the source a fault comes from: by the guard it names, else by its program counter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fpcc.fault_object import failed_check, touched_bytes
from fpcc.inline_frames import Frame
from passes.model import Access, Decisions, Location

Event = Mapping[str, Any]

_FITTING = {"read": ("read", "update"), "write": ("write", "update")}
_KINDS_OF_ACCESSES = ("guard", "bounds", "memory", "api")  # faults that some access is at the root of
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
    callers: tuple[Frame, ...] = ()  # functions this one was inlined into, innermost first


def find_origin(decisions: Decisions, frames: Sequence[Frame], event: Event) -> Origin:
    """`frames` are those of the event's program counter, innermost first."""
    known = [found for frame in frames if (found := _without_internal(frame))]
    touched = _origin_of_guard(decisions, event) or _origin_of_check(decisions, event)
    touched = touched or _origin_of_access(decisions, known, event)
    if touched:
        known = [Frame(touched.function, touched.location), *_callers_of(touched.location, known)]
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


def _without_internal(frame: Frame) -> Frame | None:
    """A function of fpcc's own making stands for the place it was made for, if it has one."""
    if not frame.function.startswith(_INTERNAL):
        return frame
    return replace(frame, function="") if frame.location.line else None


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
        if _same_line(access.location, place) and place.line and access.kind in kinds
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
    """The innermost frame in the NF's own files; 0 if none is."""
    own = {source.path for source in decisions.sources}
    return next((depth for depth, frame in enumerate(frames) if frame.location.file in own), 0)


def _source_line(decisions: Decisions, place: Location) -> str:
    text = next((source.text for source in decisions.sources if source.path == place.file), "")
    lines = text.split("\n")
    return lines[place.line - 1].rstrip() if 1 <= place.line <= len(lines) else ""


def _same_line(one: Location, other: Location) -> bool:
    return (one.file, one.line) == (other.file, other.line)
