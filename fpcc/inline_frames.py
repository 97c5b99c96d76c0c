"""The functions an instruction belongs to: the one it was written in, and those it was inlined into.

From the DWARF of a module; addresses as in line_table.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from elftools.dwarf.descriptions import describe_form_class
from elftools.dwarf.dwarfinfo import DWARFInfo
from elftools.dwarf.ranges import BaseAddressEntry

from passes.model import Location

_FUNCTION, _INLINED = "DW_TAG_subprogram", "DW_TAG_inlined_subroutine"
_DEEPEST = 64  # functions inlined into each other, blocks between them included


@dataclass(frozen=True)
class Frame:
    """One function on the way to an instruction, and the place in it that was being executed."""

    function: str
    location: Location


def find_frames(dwarf: DWARFInfo | None, address: int, innermost: Location) -> list[Frame]:
    """Innermost first. `innermost` is the instruction's own place; without DWARF it is all there is."""
    if dwarf is None:
        return []
    for unit in dwarf.iter_CUs():
        program = dwarf.line_program_for_CU(unit)
        function = next((die for die in unit.get_top_DIE().iter_children() if _covers(die, address)), None)
        if program is not None and function is not None:
            return _frames(list(_descend(function, address)), file_names(program.header), innermost)
    return []


def _descend(die: Any, address: int) -> Iterator[Any]:
    """`die` and the functions inlined there that `address` lies in, outermost first."""
    inner: Any | None = die
    for _ in range(_DEEPEST):
        if inner is None:
            return
        if inner.tag in (_FUNCTION, _INLINED):
            yield inner
        inner = next((child for child in inner.iter_children() if _covers(child, address)), None)


def _frames(dies: list[Any], names: list[str], innermost: Location) -> list[Frame]:
    """Each function's place is where the next inner one was called."""
    places = [*(_call_place(die, names) for die in dies[1:]), innermost]
    return [Frame(_name(die), place) for die, place in zip(dies, places, strict=True)][::-1]


def _call_place(die: Any, names: list[str]) -> Location:
    file, line, column = (_number(die, f"DW_AT_call_{part}") for part in ("file", "line", "column"))
    return Location(names[file] if file < len(names) else "", line, column)


def _name(die: Any) -> str:
    """A function's own name, or the one of the function it is a copy of."""
    if "DW_AT_abstract_origin" in die.attributes:
        die = die.get_DIE_from_attribute("DW_AT_abstract_origin")
    name = die.attributes.get("DW_AT_name")
    return decode_name(name.value) if name else ""


def _covers(die: Any, address: int) -> bool:
    if "DW_AT_ranges" in die.attributes:
        return any(start <= address < end for start, end in _ranges(die))
    low, high = die.attributes.get("DW_AT_low_pc"), die.attributes.get("DW_AT_high_pc")
    if low is None or high is None:
        return False
    end = high.value if describe_form_class(high.form) == "address" else low.value + high.value
    return bool(low.value <= address < end)


def _ranges(die: Any) -> Iterator[tuple[int, int]]:
    """The pieces of a function that was split; those without a base of their own count from the unit's."""
    base = _number(die.cu.get_top_DIE(), "DW_AT_low_pc")
    lists = die.dwarfinfo.range_lists()
    for entry in lists.get_range_list_at_offset(die.attributes["DW_AT_ranges"].value, die.cu):
        if isinstance(entry, BaseAddressEntry):
            base = entry.base_address
            continue
        start = 0 if getattr(entry, "is_absolute", False) else base
        yield start + entry.begin_offset, start + entry.end_offset


def _number(die: Any, attribute: str) -> int:
    found = die.attributes.get(attribute)
    return found.value if found and isinstance(found.value, int) else 0


def file_names(header: Any) -> list[str]:
    """Paths by the number DWARF uses for them: from 0 in version 5, from 1 before."""
    modern = header.version >= 5
    directories = [decode_name(name) for name in header.include_directory]
    if not modern:
        directories.insert(0, "")
    names = [_join(directories, entry.dir_index, decode_name(entry.name)) for entry in header.file_entry]
    return names if modern else ["", *names]


def decode_name(name: object) -> str:
    """Bytes of a file as text; "" for what damaged sections give instead, such as an unresolved offset."""
    if isinstance(name, bytes):
        return name.decode(errors="replace")
    return name if isinstance(name, str) else ""


def _join(directories: list[str], index: int, name: str) -> str:
    directory = directories[index] if index < len(directories) else ""
    alone = directory in ("", ".") or name.startswith("/")
    return name if alone else f"{directory}/{name}".removeprefix("./")
