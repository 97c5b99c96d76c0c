"""The words for the object an access has missed, in mode `pointer`: what it is, how large, where from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fpcc.errors import Position
from passes.model import Check, Decisions, Site

_ARGS = {
    "structure": "structure that init() is given",
    "text": "argument file, its NUL included",
    "name": "instance's name, its NUL included",
}


def failed_check(decisions: Decisions, event: Mapping[str, Any]) -> Check | None:
    """The check that failed, if it was one, and the decisions have it."""
    number = _bounds(event).get("check")
    return next((check for check in decisions.checks if check.id == number), None)


def touched_bytes(event: Mapping[str, Any]) -> int:
    """How many bytes the access was of, as the check has seen it; 0 if unknown."""
    size = _bounds(event).get("size")
    return size if isinstance(size, int) and size > 0 else 0


def describe_miss(decisions: Decisions, event: Mapping[str, Any]) -> str:
    """ "at offset 64 of a 64-byte heap object allocated at nf.c:41:9 in make()"; "" if no object is known."""
    bounds = _bounds(event)
    site = next((site for site in decisions.sites if site.id == bounds.get("site")), None)
    if not bounds.get("site"):
        return ""
    size = int(bounds["object_size"])
    article = "an" if str(size).startswith("8") or size in (11, 18) else "a"
    return f"at offset {bounds['offset']} of {article} {size}-byte {_name_object(site)}"


def _bounds(event: Mapping[str, Any]) -> Mapping[str, Any]:
    bounds = event.get("bounds")
    return bounds if isinstance(bounds, Mapping) else {}


def _name_object(site: Site | None) -> str:
    if site is None:
        return "object"
    name = site.name.removesuffix(".addr").partition(".")[0] if site.kind == "local" else site.name
    inside = f" in {site.function}()" if site.function else ""
    return {
        "heap": f"heap object allocated{_name_place(site)}{inside}",
        "global": f"variable `{name}`",
        "string": "string literal",
        "local": f"local variable `{name}`{inside}",
        "batch": "batch",
        "packet": "packet buffer",
        "args": _ARGS.get(name, "argument"),
    }.get(site.kind, "object")


def _name_place(site: Site) -> str:
    at = site.location
    return f" at {Position(at.file, at.line, at.column)}" if at.line else ""
