"""decisions.json <-> passes.model.Decisions: canonical when written, validated when read.

Beyond the types (fpcc/strict_json.py): the schema version, the vocabulary, unique ids, and that every guard
an access names exists. The first thing wrong is an InputError naming the file and the JSON path.
"""

from __future__ import annotations

from pathlib import Path

from fpcc.errors import InputError
from fpcc.output_file import write_output
from fpcc.strict_json import SchemaError, decode, encode
from passes.model import SCHEMA, Access, Check, Decisions, Guard, Location, Region, Site

DECISIONS = ("guarded", "covered", "confined", "free", "unguarded")
KINDS = ("read", "write", "update")
BOUNDS_DECISIONS = ("checked", "proved", "unknown")
SITES = ("heap", "global", "string", "local", "batch", "packet", "args")
WITH_GUARD = ("guarded", "covered")
SIZE_LIMIT = 1 << 28  # bytes of JSON; a module of a million accesses stays below


def encode_decisions(decisions: Decisions) -> bytes:
    """Canonical JSON: equal decisions give equal bytes."""
    return encode(decisions)


def save_decisions(decisions: Decisions, path: Path) -> None:
    write_output(path, encode_decisions(decisions))


def load_decisions(path: Path) -> Decisions:
    """Reads and validates a decisions.json; InputError says what is wrong with it and where."""
    return decode_decisions(read_limited(path, SIZE_LIMIT), str(path))


def decode_decisions(data: bytes, name: str) -> Decisions:
    """The same for bytes; `name` is what errors call them."""
    try:
        decisions = decode(Decisions, data)
        check_decisions(decisions)
    except SchemaError as error:
        raise InputError(
            f"{name}: {error}\n    this is no decisions.json of this fpcc; build it again"
        ) from error
    return decisions


def read_limited(path: Path, limit: int) -> bytes:
    """The bytes of a file the user named, at most `limit` of them; InputError otherwise."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    if len(data) > limit:
        raise InputError(f"{path}: larger than {limit:,} bytes, the most that is accepted here")
    return data


def check_decisions(decisions: Decisions) -> None:
    """Raises SchemaError at the first thing that does not fit together."""
    if decisions.schema != SCHEMA:
        raise SchemaError("$.schema", f"version {decisions.schema}; this fpcc reads version {SCHEMA}")
    guards: set[int] = set()
    for index, guard in enumerate(decisions.guards):
        _check_guard(guard, f"$.guards[{index}]", guards)
    seen: set[int] = set()
    for index, access in enumerate(decisions.accesses):
        _check_access(access, f"$.accesses[{index}]", seen, guards)
    checks: set[int] = set()
    for index, check in enumerate(decisions.checks):
        _check_check(check, f"$.checks[{index}]", checks)
    sites: set[int] = set()
    for index, site in enumerate(decisions.sites):
        _check_site(site, f"$.sites[{index}]", sites)


def _check_check(check: Check, path: str, seen: set[int]) -> None:
    _check_id(check.id, path, seen)
    _check_word(check.kind, KINDS, f"{path}.kind")
    _check_word(check.decision, BOUNDS_DECISIONS, f"{path}.decision")
    _check_location(check.location, f"{path}.location")


def _check_site(site: Site, path: str, seen: set[int]) -> None:
    _check_id(site.id, path, seen)
    _check_word(site.kind, SITES, f"{path}.kind")
    _check_location(site.location, f"{path}.location")


def _check_guard(guard: Guard, path: str, seen: set[int]) -> None:
    _check_id(guard.id, path, seen)
    _check_word(guard.kind, KINDS, f"{path}.kind")
    _check_location(guard.location, f"{path}.location")


def _check_access(access: Access, path: str, seen: set[int], guards: set[int]) -> None:
    _check_id(access.id, path, seen)
    _check_word(access.kind, KINDS, f"{path}.kind")
    _check_word(access.decision, DECISIONS, f"{path}.decision")
    _check_word(access.region, tuple(Region), f"{path}.region")
    _check_location(access.location, f"{path}.location")
    if access.size < 0:
        raise SchemaError(f"{path}.size", f"{access.size} is negative")
    if access.decision in WITH_GUARD and access.guard not in guards:
        raise SchemaError(
            f"{path}.guard", f"the access is {access.decision}, but there is no guard {access.guard}"
        )
    if access.decision not in WITH_GUARD and access.guard != -1:
        raise SchemaError(
            f"{path}.guard", f"the access is {access.decision}, so this must be -1, not {access.guard}"
        )


def _check_id(number: int, path: str, seen: set[int]) -> None:
    if number < 0:
        raise SchemaError(f"{path}.id", f"{number} is negative")
    if number in seen:
        raise SchemaError(f"{path}.id", f"{number} occurs twice")
    seen.add(number)


def _check_word(word: str, words: tuple[str, ...], path: str) -> None:
    if word not in words:
        raise SchemaError(path, f"{ascii(word)} is none of {', '.join(words)}")


def _check_location(location: Location, path: str) -> None:
    if location.line < 0 or location.column < 0:
        raise SchemaError(path, "lines and columns count from 1; 0 means unknown")
