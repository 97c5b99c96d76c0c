"""What docs/evaluation.md says is what was measured, and what could not be is said, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.figure.__main__ import DOCUMENT, FIGURES, RESULTS, main
from bench.figure.bars import OTHERS, PAPERS, name_bar
from bench.figure.document import write_part
from bench.figure.paper import STATED
from bench.figure.results import Results, load_results
from fpcc.errors import InputError

SAMPLE = Path(__file__).with_name("results.json")


@pytest.fixture
def part() -> str:
    return write_part(load_results(SAMPLE))


def find_row(part: str, first: str) -> list[list[str]]:
    """The cells of each table row whose first cell is this."""
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in part.splitlines() if "|" in line]
    return [row[1:] for row in rows if row[0] == first]


def test_each_scheme_has_its_ratios(part: str) -> None:
    assert find_row(part, "rust") == [["0.651", "–"]]
    assert find_row(part, "wonly segment")[0] == ["0.994", "0.993"]
    assert find_row(part, "*noise: `none` against itself*")[0] == ["1.002", "0.998"]


def test_figures_with_traffic_have_a_table_of_their_own(part: str) -> None:
    assert find_row(part, "wonly segment")[1] == ["0.997 (0.996)"]
    assert find_row(part, "*noise: `none` against itself*")[1] == ["1.001 (0.999)"]
    assert find_row(part, "*`none`, ns a packet*")[-1] == ["1,320"]
    assert "9 rounds, turns of about 0.7 s; 2.5 processes wanted a core" in part
    assert "* `traffic from a separate host` for nat: not <root>\n" in part


def test_instructions_tell_what_protection_adds(part: str) -> None:
    assert find_row(part, "none") == [["80.0", "120.0"]]
    assert find_row(part, "rw segment")[-1] == ["84.0 (+5.0%)", "–"]


def test_what_is_missing_has_its_reason(part: str) -> None:
    assert "* `rust` for nat: rustc is <missing>\n" in part
    assert "* `rw segment` for nat: no valgrind\n" in part


def test_the_papers_numbers_are_marked_as_theirs(part: str) -> None:
    numbers = {stated.scheme: find_row(part, stated.scheme)[0][:2] for stated in STATED}
    assert numbers == {
        "Wo/Prot": ["*1.00*", "*1.00*"],
        "Def/MPX": ["*≥ 0.54*", "*≥ 0.54*"],
        "FastPaas/RW": ["*≥ 0.76*", "*≥ 0.76*"],
        "FastPaas/WOnly": ["*0.96*", "*0.98*"],
        "Rust": ["–", "–"],
        "Safecode": ["–", "–"],
    }


def test_ours_stand_beside_them(part: str) -> None:
    assert find_row(part, "FastPaas/RW")[0][-3:] == ["`rw segment`", "0.987", "0.991"]
    assert find_row(part, "Safecode")[0][-3:] == ["not obtainable", "–", "–"]


def test_the_conditions_are_told(part: str) -> None:
    assert "Some Processor, 2 cores" in part
    assert "4,096 packets" in part and "31 rounds" in part and "1.5 processes" in part


def test_rows_are_read_as_they_were_saved(tmp_path: Path) -> None:
    results = load_results(SAMPLE)
    results.save(tmp_path / "again.json")
    assert load_results(tmp_path / "again.json") == results


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"schema": 99}', '{"schema": 2, "throughput": {"rows": [{"nf": "x"}]}}'],
)
def test_other_files_are_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text(text)
    with pytest.raises(InputError, match=r"other\.json: .* measure"):
        load_results(file)
    with pytest.raises(InputError, match=r"absent\.json"):
        load_results(tmp_path / "absent.json")


def test_the_document_is_what_the_rows_saved_make() -> None:
    assert main(["--check"]) == 0, "run `python -m bench.figure --draw`"


def test_the_figures_show_the_rows_saved() -> None:
    results: Results = load_results(RESULTS)
    drawn = "".join((FIGURES / f"{name}.svg").read_text() for name in (PAPERS, OTHERS))
    rows = [*results.ratios.values(), *results.wire_rows.values()]
    shown = {row for row in rows if not row.peer.startswith("none")}
    assert [name for name in map(name_bar, shown) if f'id="{name}"' not in drawn] == []
    assert all((FIGURES / f"{name}.png").is_file() for name in (PAPERS, OTHERS))


def test_the_document_has_its_markers_once() -> None:
    text = DOCUMENT.read_text()
    assert text.count("<!-- figure: begin -->") == text.count("<!-- figure: end -->") == 1


@pytest.mark.parametrize("words", [["router"], ["--rounds", "0"], ["nat", "--draw"], ["nat", "--wire"]])
def test_a_wrong_command_line_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage: python -m bench.figure" in capsys.readouterr().err
