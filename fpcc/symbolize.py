"""From a fault the host reports to words a person can act on: what the NF did, where, and what happens next.

The event's fields are those of "fault" in runtime/host/event.h.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from fpcc.call_chain import find_chain
from fpcc.check_table import find_guard
from fpcc.decisions_file import read_limited
from fpcc.errors import Position
from fpcc.fault_object import describe_miss
from fpcc.fault_origin import Event, Origin, find_origin
from fpcc.fault_packet import find_packet
from fpcc.fault_place import Place, describe_place
from fpcc.fault_words import ACCESSES, ADVICE, CAUSES, PLAIN
from fpcc.inline_frames import Frame
from fpcc.line_table import locate_code
from fpcc.module_file import ELF_MAGIC, parse_module
from fpcc.module_layout import Segment
from fpcc.packet_words import name_capture, name_packets, packet_numbers
from passes.model import Decisions, Location

_LARGEST_MODULE = 1 << 29  # bytes; an image cannot be larger
_INDENT = 14  # columns before what is known of a thing
_SHOWN = 16  # places that called each other
_NOT_KNOWN = "what called that is not known"


def describe_fault(module_path: Path, decisions: Decisions | None, event: Event) -> str:
    """The report of a fault; with `decisions` None those in the module are used, if it holds some."""
    data = read_limited(module_path, _LARGEST_MODULE)
    known = decisions if decisions is not None else _embedded_decisions(data, str(module_path))
    event = _with_guard(event, data, str(module_path))
    chain = find_chain(data, event)
    origin = find_origin(known, locate_code(data, chain.addresses), event)
    called = _name_frames(origin.callers, () if chain.complete else (_NOT_KNOWN,))
    place = describe_place(_segments(data, str(module_path)), event, origin.decision)
    rows = _show_details(origin, called, place, event, find_packet(data, event))
    return "\n".join([_headline(origin, known, event, place), *_show_source(origin), *rows])


def find_suspect(module_path: Path, event: Event) -> int | None:
    """The number of the one packet of the batch that evidence points to, if there is one."""
    packet = find_packet(read_limited(module_path, _LARGEST_MODULE), event)
    return None if packet is None else packet_numbers(event)[packet]


def _segments(data: bytes, name: str) -> tuple[Segment, ...]:
    return parse_module(data, name).layout.segments if data.startswith(ELF_MAGIC) else ()


def _embedded_decisions(data: bytes, name: str) -> Decisions:
    """A stripped module still gets a report, with less in it."""
    if data.startswith(ELF_MAGIC):
        module = parse_module(data, name)
        if module.packed_decisions is not None:
            return module.decisions()
    return Decisions(nf="", mode="", lowering="")


def _with_guard(event: Event, data: bytes, name: str) -> Event:
    """The event with the guard's number, where the host cannot read it off the instruction."""
    pc = event.get("pc")
    if event.get("kind") != "guard" or event.get("guard") is not None or not isinstance(pc, int):
        return event
    return {**event, "guard": find_guard(parse_module(data, name).checks, pc)}


def _headline(origin: Origin, decisions: Decisions, event: Event, place: Place) -> str:
    kind = str(event.get("kind"))
    cause = CAUSES.get(kind, kind).format(
        access=_name_access(origin, event), miss=describe_miss(decisions, event), missed=place.missed
    )
    source = _name_place(origin.function, origin.location)
    return f"{event.get('node')}: fault: {cause}{f', {source}' if source else ''}"


def _name_place(function: str, location: Location) -> str:
    at = f"at {Position(location.file, location.line, location.column)}" if location.line else ""
    return " ".join(part for part in (at, f"in {function}()" if function else "") if part)


def _name_frames(frames: Sequence[Frame], last: Sequence[str] = ()) -> str:
    """One a line; those of a recursion are counted."""
    places = groupby(_name_place(frame.function, frame.location) for frame in frames)
    counted = [(place, len(list(group))) for place, group in places]
    named = [place if count == 1 else f"{place}, {count} times" for place, count in counted if place]
    if len(named) > _SHOWN:
        named = [*named[:_SHOWN], f"and {len(named) - _SHOWN} more"]
    return f"\n{' ' * _INDENT}".join([*named, *last])


def _name_access(origin: Origin, event: Event) -> str:
    kind = str(event.get("access") or origin.kind or "access")
    size = f" of {origin.size} byte{'s' if origin.size > 1 else ''}" if origin.size else ""
    return f"{ACCESSES.get(kind, kind)}{size}"


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


def _show_details(origin: Origin, called: str, place: Place, event: Event, packet: int | None) -> list[str]:
    """What is known, each thing named on the left."""
    rows = (
        ("expression", origin.expression),
        ("inside", _name_frames(origin.inside)),
        ("called", called),
        ("address", _name_address(event)),
        ("in", place.inside),
        ("pointer", place.pointer),
        ("detail", event.get("detail") if event.get("kind") not in PLAIN else ""),
        ("packets", name_packets(event, packet)),
        ("code", f"offset {event['pc']:#x} of the module" if isinstance(event.get("pc"), int) else ""),
        ("look at", ADVICE.get(str(event.get("kind")), "")),
        ("capture", name_capture(event, packet)),
        ("next", ": ".join(str(event[key]) for key in ("policy", "consequence") if event.get(key))),
    )
    return [f"  {name + ':':<{_INDENT - 2}}{value}" for name, value in rows if value]


def _name_address(event: Event) -> str:
    address, region, offset = event.get("address"), event.get("region"), event.get("region_offset")
    if not address:
        return ""
    inside = isinstance(offset, int) and region not in (None, "outside the arena", "null page")
    return f"{region} + {offset:#x} ({address})" if inside else str(address)
