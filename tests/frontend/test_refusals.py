"""Refused constructs: each `// expect: REASON` comment in tests/refused is one error there, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fpcc.errors import SourceErrors
from fpcc.flags import parse_flags
from fpcc.frontend import collect_facts
from fpcc.pipeline import run_pipeline
from fpcc.stages.state import BuildOptions
from fpcc.toolchain import compile_to_ir

REFUSED = Path(__file__).parent.parent / "refused"
FILES = sorted(REFUSED.glob("*.c"))
ACCEPTED = Path(__file__).parent / "accepted.c"


def expected_errors(path: Path) -> list[tuple[int, str]]:
    """Line and reason of every expect comment."""
    lines = enumerate(path.read_text().splitlines(), 1)
    return [
        (number, found[1].strip())
        for number, line in lines
        for found in re.finditer(r"// expect: (.*)", line)
    ]


def refuse(path: Path, *flags: str) -> SourceErrors:
    with pytest.raises(SourceErrors) as caught:
        collect_facts([path], parse_flags(flags))
    return caught.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_refused_at_exactly_the_marked_lines(path: Path) -> None:
    found = [(error.position.line, error.reason) for error in refuse(path).errors]
    expected = expected_errors(path)
    assert [line for line, _ in found] == [line for line, _ in expected]
    for (_, reason), (line, wanted) in zip(found, expected, strict=True):
        assert reason.startswith(wanted), f"line {line}"


@pytest.mark.parametrize(
    ("mode", "level"), [("none", "-O2"), ("wonly", "-O0"), ("rw", "-O2"), ("pointer", "-O1")]
)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_build_says_the_same(path: Path, mode: str, level: str) -> None:
    options = BuildOptions((path,), "refused", mode, flags=parse_flags(["-w", level]))
    with pytest.raises(SourceErrors) as caught:
        run_pipeline(options)
    assert str(caught.value) == str(refuse(path, "-w", level))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_clang_alone_would_accept(path: Path) -> None:
    assert "define" in compile_to_ir(path, parse_flags(["-w"]))


def test_ordinary_code_is_not_refused() -> None:
    facts = collect_facts([ACCEPTED], parse_flags([]))
    assert [entry.name for entry in facts.entry_points] == ["init", "process", "fini"]
    assert "define" in compile_to_ir(ACCEPTED, parse_flags(["-w"]))


def test_a_refusal_shows_place_line_caret_and_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("nf.c").write_text('int x;\n\tint\ty; /* ä */ __asm__("nop");\n')
    assert str(refuse(Path("nf.c")).errors[-1]).splitlines() == [
        "nf.c:2:18: error: inline assembly cannot be guarded",
        '    \tint\ty; /* ä */ __asm__("nop");',
        "    \t   \t           ^",
        "    write it in C, or use a compiler builtin",
    ]


def test_headers_of_the_nf_are_checked_and_reported_once(tmp_path: Path) -> None:
    (tmp_path / "own.h").write_text('static inline void stop(void) { __asm__("hlt"); }\n')
    for name in ("a.c", "b.c"):
        (tmp_path / name).write_text('#include "own.h"\n')
    with pytest.raises(SourceErrors) as caught:
        collect_facts([tmp_path / "a.c", tmp_path / "b.c"], parse_flags([]))
    assert [(Path(e.position.file).name, e.position.line) for e in caught.value.errors] == [("own.h", 1)]


def test_headers_given_with_isystem_are_not_the_authors(tmp_path: Path) -> None:
    (tmp_path / "inc").mkdir()
    (tmp_path / "inc/vendor.h").write_text('static inline void relax(void) { __asm__("pause"); }\n')
    source = tmp_path / "nf.c"
    source.write_text(
        "#include <vendor.h>\n#include <fastpaas/nf.h>\nvoid process(struct fp_batch *b) { b->count = 0; }\n"
    )
    assert collect_facts([source], parse_flags(["-isystem", str(tmp_path / "inc")])).entry_points
    refuse(source, "-I", str(tmp_path / "inc"))


def test_what_only_a_flag_includes_is_checked(tmp_path: Path) -> None:
    (tmp_path / "first.h").write_text("static __thread int x;\n")
    (tmp_path / "nf.c").write_text("int y;\n")
    assert refuse(tmp_path / "nf.c", "-include", str(tmp_path / "first.h")).errors[0].position.line == 1


@pytest.mark.parametrize("text", ["{}x", "x{}"], ids=["nested", "chained"])
def test_deep_expressions_are_no_crash(text: str, tmp_path: Path) -> None:
    deep = text.format("".join(["- " if text.startswith("{") else " + x"] * 20_000))
    source = tmp_path / "nf.c"
    source.write_text(f"struct fp_batch;\nint x;\nvoid process(struct fp_batch *b) {{ x = {deep}; }}\n")
    assert collect_facts([source], parse_flags([])).entry_points
