"""The manifest of a module: who built it, from what, how it is protected. Stored as JSON in an ELF note.

It is a claim, not a proof: the host validates what it relies on, the verifier proves the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fpcc.strict_json import decode, encode
from passes.model import Decisions


@dataclass(frozen=True)
class Tools:
    """Versions of what built the module."""

    fpcc: str
    clang: str
    llvm: str
    lld: str


@dataclass(frozen=True)
class SourceDigest:
    path: str
    sha256: str  # 64 hexadecimal digits


@dataclass(frozen=True)
class GuardCounts:
    """Accesses by decision, and the checks that serve them."""

    accesses: int
    guarded: int
    covered: int
    confined: int
    free: int
    unguarded: int
    checks: int

    def describe(self) -> str:
        """What became of the accesses, in words; kinds that do not occur are left out."""
        parts = (
            (self.guarded, "guarded"),
            (self.covered, "covered by these"),
            (self.confined, "confined by address"),
            (self.free, "proved safe"),
            (self.unguarded, "not asked for by the mode"),
        )
        return ", ".join(f"{number:,} {what}" for number, what in parts if number)


@dataclass(frozen=True)
class Manifest:
    abi: int
    name: str
    mode: str
    lowering: str
    tools: Tools
    sources: tuple[SourceDigest, ...]
    guards: GuardCounts
    imports: tuple[str, ...]
    entry_points: tuple[str, ...]

    def to_json(self) -> bytes:
        """Canonical JSON, UTF-8."""
        return encode(self)

    @staticmethod
    def from_json(data: bytes) -> Manifest:
        """Raises fpcc.strict_json.SchemaError."""
        return decode(Manifest, data)


def make_manifest(decisions: Decisions, tools: Tools, abi: int, entry_points: Iterable[str]) -> Manifest:
    """The manifest of the module that `decisions` describes."""
    return Manifest(
        abi=abi,
        name=decisions.nf,
        mode=decisions.mode,
        lowering=decisions.lowering,
        tools=tools,
        sources=tuple(SourceDigest(source.path, source.sha256) for source in decisions.sources),
        guards=count_guards(decisions),
        imports=tuple(sorted(decisions.imports)),
        entry_points=tuple(sorted(entry_points)),
    )


def count_guards(decisions: Decisions) -> GuardCounts:
    made = [access.decision for access in decisions.accesses]
    return GuardCounts(
        accesses=len(made),
        guarded=made.count("guarded"),
        covered=made.count("covered"),
        confined=made.count("confined"),
        free=made.count("free"),
        unguarded=made.count("unguarded"),
        checks=len(decisions.guards),
    )
