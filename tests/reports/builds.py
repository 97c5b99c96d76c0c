"""Builds to report on: the shipped ones, and any that hypothesis can think of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from fpcc.decisions_file import BOUNDS_DECISIONS, DECISIONS, SITES, WITH_GUARD, load_decisions
from passes.model import Access, Check, Decisions, Guard, Location, Site, Source

DATA = Path(__file__).resolve().parent / "data"
SHIPPED = ("limiter", "limiter-edited")

FILES = ("nf.c", "table.h", "")
EXPRESSIONS = ("p->len", "t[i]", "*q", "")
RULES = ("stays in a global", "trusted root: the batch")

locations = st.builds(
    Location, st.sampled_from(FILES), st.integers(min_value=0, max_value=40), st.integers(0, 30)
)


def load_shipped(name: str) -> Decisions:
    return load_decisions(DATA / f"{name}.decisions.json")


@st.composite
def builds(draw: st.DrawFn) -> Decisions:
    """Decisions that fit together, with few names so that many accesses look alike."""
    guards = tuple(draw(_guard(number)) for number in range(draw(st.integers(0, 5))))
    accesses = tuple(draw(_access(number, guards)) for number in range(draw(st.integers(0, 12))))
    return Decisions(
        nf="nf",
        mode=draw(st.sampled_from(("none", "wonly", "rw", "pointer"))),
        lowering="compare",
        sources=(Source("nf.c", "0" * 64, draw(st.text(max_size=200))),),
        functions=("init", "process"),
        accesses=accesses,
        guards=guards,
        imports=tuple(draw(st.lists(st.sampled_from(("fp_log", "fp_now", "fp_memcpy")), unique=True))),
        checks=tuple(draw(_check(number)) for number in range(draw(st.integers(0, 4)))),
        sites=tuple(draw(_site(number)) for number in range(draw(st.integers(0, 4)))),
        moved_locals=tuple(draw(st.lists(st.sampled_from(("init:a: r", "init:b: r", "process:a: s"))))),
    )


@st.composite
def _check(draw: st.DrawFn, number: int) -> Check:
    return Check(
        id=number,
        function=draw(st.sampled_from(("init", "process"))),
        location=draw(locations),
        expression=draw(st.sampled_from(EXPRESSIONS)),
        kind=draw(st.sampled_from(("read", "write"))),
        size=draw(st.integers(0, 64)),
        decision=draw(st.sampled_from(BOUNDS_DECISIONS)),
        reason="first_access",
    )


@st.composite
def _site(draw: st.DrawFn, number: int) -> Site:
    return Site(number, draw(st.sampled_from(SITES)), draw(st.sampled_from(("t", ""))), "f", draw(locations))


@st.composite
def _guard(draw: st.DrawFn, number: int) -> Guard:
    return Guard(
        id=number,
        function=draw(st.sampled_from(("init", "process"))),
        location=draw(locations),
        expression=draw(st.sampled_from(EXPRESSIONS)),
        kind=draw(st.sampled_from(("read", "write"))),
        root=f"%{number}",
        placement=draw(st.sampled_from(("access", "loop entry"))),
    )


@st.composite
def _access(draw: st.DrawFn, number: int, guards: tuple[Guard, ...]) -> Access:
    decisions = DECISIONS if guards else [d for d in DECISIONS if d not in WITH_GUARD]
    decision = draw(st.sampled_from(decisions))
    protected = decision in WITH_GUARD
    return Access(
        id=number,
        function=draw(st.sampled_from(("init", "process", "strlen"))),
        location=draw(locations),
        expression=draw(st.sampled_from(EXPRESSIONS)),
        kind=draw(st.sampled_from(("read", "write"))),
        operation=draw(st.sampled_from(("load", "store", "memcpy"))),
        size=draw(st.sampled_from((0, 4, 8))),
        root=f"%{number}",
        offset=draw(st.sampled_from((0, 4))),
        decision=decision,
        reason=draw(st.sampled_from(RULES)),
        guard=draw(st.sampled_from(guards)).id if protected else -1,
    )


def shift_lines(build: Decisions, by: int, after: int = 0) -> Decisions:
    """The build as it would be with `by` lines of comment after a line, and everything renumbered."""
    lines = "// comment\n" * by
    return replace(
        build,
        sources=tuple(replace(source, text=lines + source.text, sha256="f" * 64) for source in build.sources),
        accesses=tuple(
            replace(
                access,
                id=access.id + by,
                root="%renamed",
                location=_shift(access.location, by, after),
                guard=access.guard + by if access.guard >= 0 else -1,
            )
            for access in build.accesses
        ),
        guards=tuple(
            replace(guard, id=guard.id + by, root="%renamed", location=_shift(guard.location, by, after))
            for guard in build.guards
        ),
    )


def _shift(location: Location, by: int, after: int) -> Location:
    return replace(location, line=location.line + by) if location.line > after else location
