"""Entry points: found in whichever source they are, held against nf.h, missed with words that help."""

from __future__ import annotations

from pathlib import Path

import pytest

from fpcc.errors import InputError, SourceErrors
from fpcc.flags import parse_flags
from fpcc.frontend import Facts, collect_facts

PROCESS = "#include <fastpaas/nf.h>\nvoid process(struct fp_batch *batch) { batch->packet[0].gate = 1; }\n"


def collect(tmp_path: Path, **sources: str) -> Facts:
    paths = [tmp_path / f"{name}.c" for name in sources]
    for path, text in zip(paths, sources.values(), strict=True):
        path.write_text(text)
    return collect_facts(paths, parse_flags([]))


def test_found_across_sources(tmp_path: Path) -> None:
    start = (
        "#include <fastpaas/nf.h>\nint init(const struct fp_args *a) { return !a->len; }\nvoid fini() {}\n"
    )
    facts = collect(tmp_path, work=PROCESS, start=start)
    assert [(entry.name, entry.position.line) for entry in facts.entry_points] == [
        ("process", 2),
        ("init", 2),
        ("fini", 3),
    ]


def test_without_process_the_error_says_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"nf\.c: no network function here: define\n    void process\(struct fp_batch"
    ):
        collect(tmp_path, nf="int x;\n")


def test_a_static_process_is_pointed_at(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nf\.c:2:13 is static"):
        collect(tmp_path, nf="struct fp_batch;\nstatic void process(struct fp_batch *b) { (void)b; }\n")


def test_a_declaration_alone_is_no_entry_point(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no network function"):
        collect(tmp_path, nf="#include <fastpaas/nf.h>\nvoid process(struct fp_batch *batch);\n")


def test_two_definitions_name_both_places(tmp_path: Path) -> None:
    with pytest.raises(
        SourceErrors, match=r"two\.c:2:6: error: process\(\) is defined at .*one\.c:2:6 already"
    ):
        collect(tmp_path, one=PROCESS, two=PROCESS)


def test_uses_of_functions_have_their_first_places(tmp_path: Path) -> None:
    calling = "int f(const char *s) {\n  return printf(s) +\n  printf(s)\n + printf(s) + printf(s); }\n"
    text = f"#include <stdio.h>\n{PROCESS}int (*p)(const char *) = puts;\n{calling}"
    calls = collect(tmp_path, nf=text).calls
    assert [(place.line, place.column) for place in calls["printf"]] == [(6, 10), (7, 3), (8, 4)]
    assert [(place.line, place.column) for place in calls["puts"]] == [(4, 26)]
    assert "s" not in calls


def test_sources_are_all_files_of_the_nf_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("inc").mkdir()
    Path("inc/own.h").write_text("static int one(void) { return 1; }\n")
    Path("nf.c").write_text(
        f'#include <string.h>\n#include "inc/own.h"\n{PROCESS}int g(void) {{ return one(); }}\n'
    )
    facts = collect_facts([tmp_path / "nf.c"], parse_flags([]))
    assert {source.path for source in facts.sources} == {"nf.c", "inc/own.h"}
    assert {source.text for source in facts.sources} >= {Path("inc/own.h").read_text()}
