"""From a fault the host reports to words a person can act on: what the NF did, where, and what happens next.

The event's fields are those of "fault" in runtime/host/event.h. Guards are found by their number; everything
else by the program counter and the module's line table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fpcc.decisions_file import read_limited
from fpcc.errors import Position
from fpcc.fault_words import ADVICE, CAUSES, REGIONS
from fpcc.line_table import LineTable, read_line_table
from fpcc.module_file import ELF_MAGIC, parse_module
from passes.model import Access, Decisions, Location

_LARGEST_MODULE = 1 << 29  # bytes; an image cannot be larger
_ACCESS_KINDS = {"read": ("read", "update"), "write": ("write", "update")}
_ACCESS_NAMES = {"execute": "jump", "unknown": "access", "update": "atomic update"}
_KINDS_OF_ACCESSES = ("guard", "memory", "api")  # faults that some access is at the root of

Event = Mapping[str, Any]


@dataclass(frozen=True)
class Origin:
    """The place in the source a fault comes from, as far as it is known."""

    location: Location = Location()
    function: str = ""
    expression: str = ""
    kind: str = ""  # "read", "write", "update", "" if it was no access
    size: int = 0  # bytes, 0 if unknown
    source_line: str = ""


def describe_fault(module_path: Path, decisions: Decisions | None, event: Event) -> str:
    """The report of a fault; with `decisions` None those in the module are used, if it holds some."""
    data = read_limited(module_path, _LARGEST_MODULE)
    known = decisions if decisions is not None else _embedded_decisions(data, str(module_path))
    origin = find_origin(known, read_line_table(data), event)
    return "\n".join([_headline(origin, event), *_show_source(origin), *_show_details(origin, event)])


def find_origin(decisions: Decisions, lines: LineTable, event: Event) -> Origin:
    """Where a fault comes from: by its guard if it names one, else by its program counter."""
    guard = event.get("guard")
    served = [access for access in decisions.accesses if guard is not None and access.guard == guard]
    for found in decisions.guards:
        if found.id == guard:
            first = next((access for access in served if access.location == found.location), None)
            size = first.size if first else 0
            place = Origin(found.location, found.function, found.expression, found.kind, size)
            return _with_source_line(place, decisions)
    return _with_source_line(_origin_of_address(decisions, lines, event), decisions)


def _origin_of_address(decisions: Decisions, lines: LineTable, event: Event) -> Origin:
    pc = event.get("pc")
    if not isinstance(pc, int):
        return Origin()
    location = lines.find_line(pc) or Location()
    wanted = event.get("kind") in _KINDS_OF_ACCESSES
    access = _find_access(decisions, location, str(event.get("access"))) if wanted else None
    if access is None:
        return Origin(location, _function_at(decisions, location) or lines.find_function(pc))
    return Origin(access.location, access.function, access.expression, access.kind, access.size)


def _find_access(decisions: Decisions, location: Location, kind: str) -> Access | None:
    """The access at `location` that fits the event's: the one at its column, else the line's only one."""
    fitting = _ACCESS_KINDS.get(kind, ("read", "write", "update"))
    place = (location.file, location.line)
    there = [
        a for a in decisions.accesses if (a.location.file, a.location.line) == place and a.kind in fitting
    ]
    exact = [access for access in there if access.location.column == location.column]
    if exact or not location.line:
        return exact[0] if exact else None
    return there[0] if len({access.location for access in there}) == 1 else None


def _function_at(decisions: Decisions, location: Location) -> str:
    """The function of any access on the same line; the machine's symbol may be one it was inlined into."""
    place = (location.file, location.line)
    same = (a.function for a in decisions.accesses if (a.location.file, a.location.line) == place)
    return next(same, "") if location.line else ""


def _with_source_line(origin: Origin, decisions: Decisions) -> Origin:
    texts = {source.path: source.text for source in decisions.sources}
    lines = texts.get(origin.location.file, "").splitlines()
    number = origin.location.line
    line = lines[number - 1].rstrip() if 1 <= number <= len(lines) else ""
    return replace(origin, source_line=line)


def _embedded_decisions(data: bytes, name: str) -> Decisions:
    """A stripped module still gets a report, with less in it."""
    if data.startswith(ELF_MAGIC):
        module = parse_module(data, name)
        if module.packed_decisions is not None:
            return module.decisions()
    return Decisions(nf="", mode="", lowering="")


def _headline(origin: Origin, event: Event) -> str:
    kind = str(event.get("kind"))
    cause = CAUSES.get(kind, kind).format(access=_name_access(origin, event))
    location = origin.location
    place = f" at {Position(location.file, location.line, location.column)}" if location.line else ""
    function = f" in {origin.function}()" if origin.function else ""
    return f"{event.get('node')}: fault: {cause}{',' if place or function else ''}{place}{function}"


def _name_access(origin: Origin, event: Event) -> str:
    kind = str(event.get("access") or origin.kind or "access")
    size = f" of {origin.size} byte{'s' if origin.size > 1 else ''}" if origin.size else ""
    return f"{_ACCESS_NAMES.get(kind, kind)}{size}"


def _show_source(origin: Origin) -> list[str]:
    """The source line with a caret under the access."""
    if not origin.source_line:
        return []
    number, column = str(origin.location.line), origin.location.column
    shown = [f"  {number} | {origin.source_line}"]
    if column:
        before = origin.source_line.encode()[: column - 1].decode(errors="replace")
        indent = "".join(c if c == "\t" else " " for c in before)
        shown.append(f"  {' ' * len(number)} | {indent}^")
    return shown


def _show_details(origin: Origin, event: Event) -> list[str]:
    """One line for each thing that is known, named on the left."""
    region = event.get("region")
    rows = (
        ("expression", origin.expression),
        ("address", _name_address(event)),
        ("in", f"{region}: {REGIONS[region]}" if region in REGIONS else ""),
        ("detail", event.get("detail")),
        ("packets", _name_packets(event)),
        ("code", f"offset {event['pc']:#x} of the module" if isinstance(event.get("pc"), int) else ""),
        ("look at", ADVICE.get(str(event.get("kind")), "")),
        ("capture", event.get("capture")),
        ("next", ": ".join(str(event[key]) for key in ("policy", "consequence") if event.get(key))),
    )
    return [f"  {name + ':':<12}{value}" for name, value in rows if value]


def _name_address(event: Event) -> str:
    address, region, offset = event.get("address"), event.get("region"), event.get("region_offset")
    if not address:
        return ""
    inside = isinstance(offset, int) and region not in (None, "outside the arena", "null page")
    return f"{region} + {offset:#x} ({address})" if inside else str(address)


def _name_packets(event: Event) -> str:
    """Any packet of the batch may be the cause."""
    first, count = event.get("packet"), event.get("packets")
    if not isinstance(first, int) or not isinstance(count, int) or count < 1:
        return f"none: it happened in {event['call']}()" if event.get("call") not in (None, "process") else ""
    return f"{first}" if count == 1 else f"one of {first} to {first + count - 1} (the batch it was handed)"
