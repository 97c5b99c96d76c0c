"""The check of one access against the bounds of its pointer. Where a processor has bound registers, this is
the place for its instructions: what is checked, and where, is decided before."""

from __future__ import annotations

from dataclasses import dataclass

from passes.bounds.program import SIZE_MASK, Bounds
from passes.bounds.runtime import FAULT


@dataclass(frozen=True)
class CheckText:
    """Lines at the check's place, the label open after them, and lines for the function's cold end."""

    lines: list[str]
    after: str
    cold: list[str]


@dataclass(frozen=True)
class Checked:
    """An access to be checked: `size` is a number or the name of an i64."""

    number: int
    pointer: str
    bounds: Bounds
    size: str


def compare_bounds(check: Checked, place: str, unlikely: str) -> CheckText:
    """Software: the offset in the object is none behind the last that leaves room for the access."""
    name = f"%fp.c{check.number}"
    room, lines = _room_of(check.bounds.object, name)
    lines += [
        f"{name}.address = ptrtoint ptr {check.pointer} to i64",
        f"{name}.offset = sub i64 {name}.address, {check.bounds.lower}",
        f"{name}.last = sub i64 {room}, {check.size}",
        f"{name}.far = icmp ugt i64 {name}.offset, {name}.last",
        f"{name}.short = icmp ult i64 {room}, {check.size}",
        f"{name}.outside = or i1 {name}.far, {name}.short",
    ]
    if not check.size.isdigit():
        lines += [f"{name}.any = icmp ne i64 {check.size}, 0"]
        lines += [f"{name}.wrong = and i1 {name}.outside, {name}.any"]
    wrong = f"{name}.outside" if check.size.isdigit() else f"{name}.wrong"
    lines = [f"{line}{place}" for line in lines]
    lines += [
        f"br i1 {wrong}, label {name}.trap, label {name}.passed{place}{unlikely}",
        f"{name[1:]}.passed:",
    ]
    arguments = f"ptr {check.pointer}, i64 {check.bounds.lower}, i64 {check.bounds.object}, i64 {check.size}"
    cold = [
        f"{name[1:]}.trap:",
        f"call void {FAULT}({arguments}, i32 {check.number}){place}",
        f"unreachable{place}",
    ]
    return CheckText(lines, f"{name}.passed", cold)


def _room_of(described: str, name: str) -> tuple[str, list[str]]:
    """The object's size: a number, or a name and the line that computes it."""
    if described.isdigit():
        return str(int(described) & SIZE_MASK), []
    return f"{name}.room", [f"{name}.room = and i64 {described}, {SIZE_MASK}"]
