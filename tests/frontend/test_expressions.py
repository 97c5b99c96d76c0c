"""The expression behind each access of the IR: the right one for every form, and found for real NFs."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from fpcc.expressions import LONGEST, ExpressionTable, collect_expressions
from fpcc.flags import parse_flags
from fpcc.frontend import collect_facts
from fpcc.syntax_tree import parse_sources, walk_own_files
from fpcc.toolchain import compile_to_ir
from tests.frontend.access_places import find_places, optimise

HERE = Path(__file__).parent
FORMS = HERE / "expression_forms.c"
NFS = sorted((HERE.parent.parent / "examples/nfs").glob("*.c"))


def expected_forms() -> dict[int, list[str]]:
    lines = enumerate(FORMS.read_text().splitlines(), 1)
    return {number: sorted(line.split(" // ")[1].split("; ")) for number, line in lines if " // " in line}


def expressions_of(path: Path) -> dict[tuple[str, int, int], str]:
    (tree,), table = parse_sources([path], parse_flags([])), ExpressionTable()
    walk_own_files(tree, table.visitors)
    return collect_expressions(table)


def test_every_form_has_exactly_its_text() -> None:
    expressions = expressions_of(FORMS)
    found: dict[int, set[str]] = defaultdict(set)
    for place in find_places(optimise(compile_to_ir(FORMS, parse_flags([])), only_locals=True)):
        text = expressions.get((place.file, place.line, place.column), "")
        found[place.line].add(f"{place.kind} {text}")
    assert {line: sorted(found[line]) for line in expected_forms()} == expected_forms()


def test_texts_are_one_line_and_not_endless() -> None:
    texts = expressions_of(FORMS).values()
    assert max(map(len, texts)) == LONGEST
    assert not any("\n" in text or "\t" in text or "  " in text for text in texts)


@pytest.mark.parametrize("path", NFS, ids=lambda path: path.stem)
def test_found_for_nearly_all_accesses_of_an_nf(path: Path) -> None:
    facts = collect_facts([path], parse_flags([]))
    own = {source.path for source in facts.sources}
    places = [
        place for place in find_places(optimise(compile_to_ir(path, parse_flags([])))) if place.file in own
    ]
    found = [place for place in places if (place.file, place.line, place.column) in facts.expressions]
    assert len(places) > 20
    assert len(found) >= 0.95 * len(places)


def test_columns_count_bytes_as_clang_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("nf.c").write_text(
        "int f(int *p) { /* äöü */ return /* ß */ *p; }\r\nint g(int *p) {\r\n return p[1]; }\r\n"
    )
    expressions = expressions_of(Path("nf.c"))
    places = find_places(optimise(compile_to_ir(Path("nf.c"), parse_flags([])), only_locals=True))
    assert [expressions[place.file, place.line, place.column] for place in places] == ["*p", "p[1]"]


def test_bytes_that_are_no_text_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "nf.c").write_bytes(b'int f(int *p) { return p[sizeof("\xff\x80")]; }\n')
    assert 'p[sizeof("\ufffd\ufffd")]' in expressions_of(tmp_path / "nf.c").values()
