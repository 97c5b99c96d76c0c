"""The diff says what changed, only that, and the same from both sides."""

from __future__ import annotations

import io
import json
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fpcc.diff import Diff, Entry, diff_decisions
from fpcc.reports.diff_json import write_diff_json
from fpcc.reports.diff_terminal import write_diff
from passes.model import Access, Decisions, Guard, Location
from tests.conftest import CompareGolden, RunFpcc
from tests.reports.builds import DATA, builds, load_shipped, shift_lines

OLD, NEW = (DATA / f"{name}.decisions.json" for name in ("limiter", "limiter-edited"))
WRITERS = {"txt": write_diff, "json": write_diff_json}


@pytest.mark.parametrize("ending", WRITERS)
def test_the_diff_of_an_edited_nf(ending: str, compare_golden: CompareGolden) -> None:
    old, new = load_shipped("limiter"), load_shipped("limiter-edited")
    out = io.StringIO()
    WRITERS[ending](diff_decisions(old, new), old, new, out)
    compare_golden(DATA / f"limiter-edited.diff.{ending}", out.getvalue())


@given(builds())
def test_a_build_does_not_differ_from_itself(build: Decisions) -> None:
    assert diff_decisions(build, build) == Diff((), (), ())


@given(builds(), st.integers(1, 50), st.integers(0, 40))
def test_shifted_lines_and_renumbering_are_no_change(build: Decisions, by: int, after: int) -> None:
    assert not diff_decisions(build, shift_lines(build, by, after))


@given(builds(), st.randoms(use_true_random=False))
def test_the_order_of_the_file_is_no_change(build: Decisions, random: random.Random) -> None:
    """Only of things in different places: at one place, ids keep them apart."""
    order = [replace(access, location=Location("nf.c", 1 + access.id, 1)) for access in build.accesses]
    build = replace(build, accesses=tuple(order))
    random.shuffle(order)
    assert not diff_decisions(build, replace(build, accesses=tuple(order)))


def _swapped(entry: Entry) -> tuple[object, ...]:
    changes = tuple((change.property, change.new, change.old) for change in entry.changes)
    return (entry.subject, entry.function, entry.new, entry.old, changes)


def _straight(entry: Entry) -> tuple[object, ...]:
    changes = tuple((change.property, change.old, change.new) for change in entry.changes)
    return (entry.subject, entry.function, entry.old, entry.new, changes)


@given(builds(), builds())
def test_backwards_added_is_removed(a: Decisions, b: Decisions) -> None:
    forth, back = diff_decisions(a, b), diff_decisions(b, a)
    assert Counter(map(_straight, forth.added)) == Counter(map(_swapped, back.removed))
    assert Counter(map(_straight, forth.removed)) == Counter(map(_swapped, back.added))
    assert Counter(map(_straight, forth.changed)) == Counter(map(_swapped, back.changed))


def _access(number: int, **fields: object) -> Access:
    access = Access(
        number, "f", Location("nf.c", number, 3), "t[i]", "write", "store", 4, "%t", 0, "free", "rule"
    )
    return replace(access, **fields)  # type: ignore[arg-type]


def _build(*accesses: Access, guards: tuple[Guard, ...] = (), **fields: str) -> Decisions:
    return replace(Decisions("nf", "rw", "compare", accesses=accesses, guards=guards), **fields)  # type: ignore[arg-type]


def _guard(number: int, **fields: object) -> Guard:
    guard = Guard(number, "f", Location("nf.c", 1, 3), "t[i]", "write", "%t", "access")
    return replace(guard, **fields)  # type: ignore[arg-type]


GUARDED = {"decision": "guarded", "guard": 0, "reason": "first"}
EDITS = {
    "a free access comes": (_build(), _build(_access(1)), "added", "access added"),
    "one of two equal accesses goes": (
        _build(_access(1), _access(2)),
        _build(_access(1)),
        "removed",
        "access removed",
    ),
    "a guard comes with its access": (
        _build(),
        _build(_access(1, **GUARDED), guards=(_guard(0),)),
        "added",
        "guard added",
    ),
    "a guard moves to the loop's entry": (
        _build(_access(1, **GUARDED), guards=(_guard(0),)),
        _build(_access(1, **GUARDED), guards=(_guard(0, placement="loop entry"),)),
        "changed",
        "guard changed",
    ),
    "a guard of reads becomes one of writes": (
        _build(guards=(_guard(0),)),
        _build(guards=(_guard(0, kind="read"),)),
        "changed",
        "guard changed",
    ),
    "an access becomes free": (
        _build(_access(1, decision="unguarded")),
        _build(_access(1)),
        "changed",
        "newly free",
    ),
    "an access touches more": (_build(_access(1)), _build(_access(1, size=8)), "changed", "access changed"),
    "an access is free by another rule": (
        _build(_access(1)),
        _build(_access(1, reason="x")),
        "changed",
        "access changed",
    ),
    "the mode changes": (_build(), _build(mode="wonly"), "changed", "mode changed"),
    "the lowering changes": (_build(), _build(lowering="segment"), "changed", "lowering changed"),
    "an import comes": (_build(), replace(_build(), imports=("fp_log",)), "added", "import added"),
    "an import goes": (replace(_build(), imports=("fp_log",)), _build(), "removed", "import removed"),
    "a local moves": (
        _build(),
        replace(_build(), moved_locals=("f:b: escapes",)),
        "added",
        "moved local added",
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_one_edit_is_one_entry(edit: str) -> None:
    old, new, where, what = EDITS[edit]
    diff = diff_decisions(old, new)
    found = {name: [entry.what for entry in getattr(diff, name)] for name in ("added", "removed", "changed")}
    assert found == {"added": [], "removed": [], "changed": [], where: [what]}


def test_the_access_that_changed_is_told_from_its_equals() -> None:
    """Of three equal accesses the second is newly free: the entry names its line, in both builds."""
    guarded = {"decision": "unguarded", "reason": "reads"}
    old = _build(*(_access(number, **guarded) for number in (1, 2, 3)))
    new = shift_lines(_build(_access(1, **guarded), _access(2), _access(3, **guarded)), 10)
    (entry,) = diff_decisions(old, new).changed
    assert (entry.what, entry.old, entry.new) == (
        "newly free",
        Location("nf.c", 2, 3),
        Location("nf.c", 12, 3),
    )


def test_a_wider_guard_is_a_change() -> None:
    covered = _access(2, decision="covered", guard=0, offset=8, expression="t[i+2]")
    old = _build(_access(1, **GUARDED), guards=(_guard(0),))
    new = _build(_access(1, **GUARDED), covered, guards=(_guard(0),))
    (entry,) = diff_decisions(old, new).changed
    assert [(change.property, change.old, change.new) for change in entry.changes] == [("end byte", 4, 12)]


def test_names_the_compiler_gives_to_inlined_locals_do_not_matter() -> None:
    old = replace(_build(), moved_locals=("f:tuple.i.i: escapes", "f:tuple.i3: escapes"))
    new = replace(_build(), moved_locals=("f:tuple.i7.i: escapes", "f:tuple.addr.i: escapes"))
    assert not diff_decisions(old, new)
    assert len(diff_decisions(old, replace(new, moved_locals=new.moved_locals[:1])).removed) == 1


def test_a_renamed_function_is_removed_and_added() -> None:
    old, new = _build(_access(1)), _build(_access(1, function="g"))
    diff = diff_decisions(old, new)
    assert [entry.function for entry in diff.removed] == ["f"]
    assert [entry.function for entry in diff.added] == ["g"]
    assert not diff.changed


@given(builds(), st.data())
def test_a_random_edit_is_found(build: Decisions, data: st.DataObject) -> None:
    edits = [replace(build, mode="other"), replace(build, imports=(*build.imports, "fp_count"))]
    edits += [
        replace(build, accesses=tuple(a for a in build.accesses if a != gone)) for gone in build.accesses
    ]
    edits += [
        replace(
            build, accesses=tuple(replace(a, reason="new rule") if a == same else a for a in build.accesses)
        )
        for same in build.accesses
    ]
    edits += [
        replace(
            build, guards=tuple(replace(g, placement="elsewhere") if g == same else g for g in build.guards)
        )
        for same in build.guards
    ]
    assert diff_decisions(build, data.draw(st.sampled_from(edits)))


def test_many_equal_accesses_do_not_take_long() -> None:
    """Ten thousand accesses without expression, one more in the new build: no quadratic table is made."""
    old = _build(*(_access(n, expression="", reason=str(n % 7)) for n in range(10_000)))
    new = replace(
        old, accesses=(_access(10_000, expression="", location=Location("a.c", 1, 1)), *old.accesses)
    )
    diff = diff_decisions(old, new)
    assert len(diff.added) == 1


def test_the_exit_code_tells_when_asked(run_fpcc: RunFpcc) -> None:
    assert run_fpcc("diff", OLD, NEW).returncode == 0
    assert run_fpcc("diff", OLD, NEW, "--exit-code").returncode == 1
    assert run_fpcc("diff", OLD, OLD, "--exit-code").returncode == 0


def test_json_has_its_three_lists(run_fpcc: RunFpcc) -> None:
    report = json.loads(run_fpcc("diff", "--json", OLD, NEW).stdout)
    entries = [entry for name in ("added", "removed", "changed") for entry in report[name]]
    assert {"what", "function", "expression", "old", "new"} <= set.intersection(
        *(set(entry) for entry in entries)
    )
    assert any(entry["expression"] == "fp_log" for entry in report["added"])


def test_a_missing_file_is_an_error(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    done = run_fpcc("diff", OLD, tmp_path / "none.fpm")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{tmp_path}/none.fpm: cannot be read: No such file or directory\n"
