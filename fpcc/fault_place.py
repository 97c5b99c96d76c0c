"""What lies where a module's access was refused, in words: memory that may only be read, or nothing at all.

The event's fields are those of "fault" in runtime/host/event.h.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fpcc.abi import abi
from fpcc.fault_words import CUT, NULL_CUT, READ_ONLY, REGIONS
from fpcc.module_layout import Segment

_PAGE = 4096
_LOW = 0xFFFFFFFF  # the bits of an address that lowering segment uses


@dataclass(frozen=True)
class Place:
    """Words for the report of a fault; "" where there is nothing to say."""

    missed: str  # "where no memory of the module is", "to read-only memory"
    inside: str = ""  # the region, and what it is
    pointer: str = ""  # how far the address is the one the program computed


def describe_place(segments: tuple[Segment, ...], event: Mapping[str, Any], decision: str) -> Place:
    """`segments` are the module's, () if they are not known; `decision` is about the access."""
    kept = _read_only(segments, event)
    if kept:
        return Place("to read-only memory", f"{event['region']}: {kept}", CUT.get(decision, ""))
    missed, region = "where no memory of the module is", event.get("region")
    if _is_near_null(event):
        return Place(missed, f"{region}: likely {REGIONS['null page']}", NULL_CUT.get(decision, ""))
    inside = f"{region}: {REGIONS[str(region)]}" if region in REGIONS else ""
    return Place(missed, inside, CUT.get(decision, ""))


def _read_only(segments: tuple[Segment, ...], event: Mapping[str, Any]) -> str:
    """What it is that was written to, if that is memory that may only be read."""
    region, offset = event.get("region"), event.get("region_offset")
    if event.get("access") != "write" or event.get("kind") != "memory" or not isinstance(offset, int):
        return ""
    if region == "args" and offset < _PAGE:
        return REGIONS["args"]  # there may be more of it, but this page there is
    if region != "image":
        return ""
    address = offset + abi().number("FP_IMAGE_OFFSET")
    there = [segment.permissions for segment in segments if _holds(segment, address)]
    return READ_ONLY["x" in there[0]] if there else ""


def _holds(segment: Segment, address: int) -> bool:
    """Whole pages are there, and what may be written to for relocations only is read-only by then."""
    end = segment.address + segment.memory_size
    if segment.type not in ("PT_LOAD", "PT_GNU_RELRO"):
        return False
    sealed = segment.type == "PT_GNU_RELRO" or "w" not in segment.permissions
    return sealed and segment.address - segment.address % _PAGE <= address < end + -end % _PAGE


def _is_near_null(event: Mapping[str, Any]) -> bool:
    """Lowering segment adds an arena's base to a null pointer, too."""
    address = event.get("address")
    if event.get("region") != "guard zone" or not isinstance(address, str):
        return False
    return int(address, 16) & _LOW < _PAGE
