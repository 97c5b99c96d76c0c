"""`fpcc report`: every format shows every access with its reason; no author steers what is shown."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from fpcc.decisions_file import save_decisions
from fpcc.errors import InputError
from fpcc.reports.formats import FORMATS
from fpcc.reports.view import build_view
from passes.model import Access, Check, Decisions, Location, Source
from tests.conftest import CompareGolden, RunFpcc
from tests.reports.builds import DATA, builds, load_shipped
from tests.reports.linked import link_module

LIMITER = DATA / "limiter.decisions.json"
GOLDEN = {"terminal": "txt", "json": "json", "markdown": "md"}

# Escape to the terminal, a bell, a line that goes back, text that runs right to left, an invisible character.
STEERING = "\x1b[2J\x07\rx\u202ey\u200bz\x9b31m"


def render(build: Decisions, form: str, function: str = "") -> str:
    out = io.StringIO()
    FORMATS[form](build_view(build, function), out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("form", GOLDEN)
def test_the_report_of_a_build(form: str, compare_golden: CompareGolden) -> None:
    compare_golden(DATA / f"limiter.report.{GOLDEN[form]}", render(load_shipped("limiter"), form))


def test_the_report_of_a_function(compare_golden: CompareGolden) -> None:
    compare_golden(DATA / "limiter.refill.txt", render(load_shipped("limiter"), "terminal", "refill"))


@settings(max_examples=50)
@given(builds())
def test_any_build_can_be_reported_in_every_format(build: Decisions) -> None:
    for form in FORMATS:
        text = render(build, form)
        text.encode()
        assert build.mode in text


@settings(max_examples=50)
@given(builds())
def test_every_access_is_shown_once(build: Decisions) -> None:
    view = build_view(build)
    marks = [m.access for s in view.sources for hunk in s.hunks for line in hunk for m in line.marks]
    others = [access for other in view.others for access in other.accesses]
    assert sorted(a.id for a in (*marks, *others)) == sorted(a.id for a in build.accesses)


@settings(max_examples=50)
@given(builds())
def test_every_access_held_to_its_object_is_shown_once(build: Decisions) -> None:
    view = build_view(build)
    checks = [check for s in view.sources for hunk in s.hunks for line in hunk for check in line.checks]
    if view.bounds is None:
        assert not build.checks
        return
    found = sorted(check.id for check in (*checks, *view.bounds.others))
    assert found == sorted(check.id for check in build.checks)
    rows = [*view.bounds.functions, *filter(None, (view.bounds.library,))]
    counted = [sum(counts) for counts in zip(*(row.counts for row in rows), strict=True)]
    assert counted == list(view.bounds.total.counts)


def _held(decision: str, reason: str, line: int) -> Check:
    place = Location("a.c", line, 1)
    return Check(line, "f", place, f"t[{line}]", "write", 4 * (line < 3), decision, reason)


HELD = (
    _held("checked", "first_access", 1),
    _held("proved", "stays_in_object", 2),
    _held("unknown", "pointer_of_unknown_origin", 3),
)
POINTER = Decisions(
    "nf", "pointer", "compare", (Source("a.c", "0" * 64, "t[1];\nt[2];\nt[3];\n"),), ("f",), checks=HELD
)


@pytest.mark.parametrize("function", ["", "f"])
def test_the_terminal_says_under_each_line_what_is_held_to_its_object(function: str) -> None:
    text = render(POINTER, "terminal", function)
    lines = text[text.index("\na.c\n") + 5 :].splitlines()
    assert [line.strip() for line in lines[:6]] == [
        "1        t[1];",
        "■ t[1]: write of 4 bytes, bounds checked: first_access",
        "2        t[2];",
        "□ t[2]: write of 4 bytes, bounds proved: stays_in_object",
        "3        t[3];",
        "? t[3]: write of bytes counted at run time, bounds unknown: pointer_of_unknown_origin",
    ]


def test_markdown_has_what_is_held_to_its_object_by_function_and_line() -> None:
    text = render(POINTER, "markdown")
    assert "| f | 1 | 1 | 1 |\n| **all** | 1 | 1 | 1 |\n" in text
    assert "| a\\.c:1 | t\\[1\\]\\: write of 4 bytes | ■ checked | first\\_access |\n" in text
    assert text.count("| a\\.c:") == 3


def test_json_has_what_is_held_to_its_object() -> None:
    report = json.loads(render(POINTER, "json"))
    assert report["bounds"] == [{"name": "f", "checked": 1, "proved": 1, "unknown": 1}]
    assert [check["reason"] for check in report["checks"]] == [check.reason for check in HELD]
    assert report["sites"] == []


def test_other_modes_say_nothing_of_objects() -> None:
    for form in ("terminal", "markdown", "html"):
        assert "bounds of objects" not in render(load_shipped("limiter"), form).lower()


def test_what_an_author_wrote_in_an_access_held_to_its_object_steers_nothing() -> None:
    build = replace(POINTER, checks=(replace(HELD[0], expression=f"{STEERING}<b>|"),))
    for form in FORMATS:
        text = render(build, form)
        assert not set("\x1b\x07\r\u202e\u200b\x9b") & set(text), form
        assert form in ("json", "terminal") or "<b>|" not in text


@settings(max_examples=50)
@given(builds())
def test_the_shown_source_is_the_source(build: Decisions) -> None:
    view = build_view(build)
    shown = "".join(line.text + "\n" for hunk in view.sources[0].hunks for line in hunk)
    text = build.sources[0].text.replace("\r\n", "\n").replace("\r", "\n")
    assert shown == (text if text.endswith("\n") or not text else text + "\n")


def _one(line: str, column: int, expression: str) -> Decisions:
    access = Access(
        0, "f", Location("a.c", 1, column), expression, "write", "store", 4, "", 0, "free", "rule"
    )
    return Decisions("a", "rw", "compare", (Source("a.c", "0", line + "\n"),), ("f",), (access,))


PLACES = {
    "a store's column is its =": ("\tp->len = p->len + 1;", "=", "p->len", 1),
    "a load's column is the member": ("\tp->len = p->len + 1;", "len +", "p->len", 10),
    "no part of a longer name": ("\tmax = a + x;", "x;", "x", 11),
    "bytes before it are not characters": ('\tf("äöü", x[1]);', "x[", "x[1]", 10),
    "an expression that is not in the line": ("\tMACRO(y);", "MACRO", "p->len", 1),
}


@pytest.mark.parametrize("case", PLACES)
def test_an_access_is_marked_where_it_stands(case: str) -> None:
    line, at, expression, start = PLACES[case]
    column = len(line[: line.index(at)].encode()) + 1
    (mark,) = build_view(_one(line, column, expression)).sources[0].hunks[0][0].marks
    assert mark.start == start
    assert line[mark.start : mark.end] == (expression if expression in line else "MACRO")


def test_an_access_without_column_is_listed_unplaced() -> None:
    (line,) = build_view(_one("\t*p = 1;", 0, "")).sources[0].hunks[0]
    assert [(mark.start, mark.end) for mark in line.marks] == [(0, 0)]
    assert "write of 4 bytes, free: rule" in render(_one("\t*p = 1;", 0, ""), "terminal")


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "json"])
def test_no_author_steers_the_screen(form: str) -> None:
    """Everything an author names or writes, shown by every format: nothing is left that acts."""
    build = load_shipped("limiter")
    build = replace(
        build,
        nf=STEERING,
        sources=(Source(STEERING, STEERING, f"/* {STEERING} */\n"), *build.sources),
        functions=(STEERING,),
        accesses=tuple(
            replace(a, function=STEERING, expression=STEERING, reason=STEERING, operation=STEERING)
            for a in build.accesses
        ),
        guards=tuple(replace(g, expression=STEERING, placement=STEERING) for g in build.guards),
        imports=(STEERING,),
        moved_locals=(STEERING,),
    )
    text = render(build, form)
    assert not {"\x1b", "\x07", "\r", "\u202e", "\u200b", "\x9b"} & set(text)
    assert "202E" in text


def test_json_is_plain_ascii() -> None:
    build = replace(load_shipped("limiter"), nf=STEERING)
    text = render(build, "json")
    assert text.isascii()
    assert json.loads(text)["nf"] == STEERING


def test_an_unknown_function_is_an_error_with_suggestions() -> None:
    with pytest.raises(InputError, match="limiter: no function 'polic'; there is police"):
        build_view(load_shipped("limiter"), "polic")


def test_a_function_shows_its_accesses_and_their_checks() -> None:
    """`police` is served by a check that `refill` makes: that check is part of its report."""
    report = json.loads(render(load_shipped("limiter"), "json", "police"))
    assert {access["function"] for access in report["accesses"]} == {"police"}
    assert {guard["function"] for guard in report["guards"]} == {"police", "refill"}
    assert report["total"]["accesses"] == 12


def test_what_is_in_no_source_is_counted_by_file_and_listed_for_a_function() -> None:
    build = load_shipped("limiter")
    whole = render(build, "terminal")
    assert "and 1 function in no source shown here" in whole
    assert " module/heap.c          2        2         2         0          0      0           0" in whole
    assert "block->size" not in whole
    assert "module/heap.c:88:14 in calloc: block->size: write of 8 bytes, guarded" in render(
        build, "terminal", "calloc"
    )


def test_equal_accesses_of_a_line_are_one_note() -> None:
    build = _one("\tp->len = 1;", 9, "p->len")
    build = replace(build, accesses=tuple(replace(build.accesses[0], id=number) for number in range(9)))
    shown = render(build, "terminal")
    assert "·····+" in shown
    assert "p->len: write of 4 bytes, free: rule  ×9\n" in shown


def test_module_and_decisions_give_one_report(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    module = link_module(load_shipped("limiter"), tmp_path)
    of_module = run_fpcc("report", module, "--json")
    assert of_module.returncode == 0, of_module.stderr
    assert of_module.stdout == run_fpcc("report", LIMITER, "--json").stdout


def test_html_goes_to_its_file(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    page = tmp_path / "a page.html"
    done = run_fpcc("report", LIMITER, "--html", page)
    assert (done.returncode, done.stdout) == (0, "")
    assert page.read_text().startswith("<!DOCTYPE html>")


def test_a_page_that_cannot_be_written_is_named(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    done = run_fpcc("report", LIMITER, "--html", tmp_path / "none/page.html")
    assert (done.returncode, done.stderr) == (1, f"{tmp_path}/none/page.html: No such file or directory\n")


def test_a_terminal_without_unicode_is_served(run_fpcc: RunFpcc) -> None:
    done = run_fpcc("report", LIMITER, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert "? b->tokens: write of 4 bytes" in done.stdout


def test_contradicting_formats_are_refused(run_fpcc: RunFpcc) -> None:
    assert run_fpcc("report", LIMITER, "--json", "--format=html").returncode == 2


def test_a_build_without_anything_is_reported(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    save_decisions(Decisions("empty", "none", "none"), tmp_path / "empty.json")
    done = run_fpcc("report", tmp_path / "empty.json")
    assert done.stdout.startswith("empty   mode none, lowering none\n0 accesses, 0 checks\n")
