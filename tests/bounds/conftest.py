"""Programs for mode `pointer`: built in it, run once, and what the report says of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from fpcc.symbolize import describe_fault
from tests.attacks.conftest import build_module
from tests.emulator import words_for
from tests.host.conftest import Program, host_program
from tests.host.run.runner import Outcome, chain, node, pool, run_host

__all__ = ["host_program"]
HERE = Path(__file__).parent
BUDGET_US = 60_000_000  # as much as there is: an emulator is slow, and time is not what is tried
_REPORT = re.compile(r"^ \* report: (.+)$", re.MULTILINE)

RunProgram = Callable[[Path, str, str], "Ran"]


@dataclass(frozen=True)
class Ran:
    """What came of a program: what the host said, and the headline of a fault's report ("" without)."""

    outcome: Outcome
    headline: str


@pytest.fixture
def run_program(host_program: Program, tmp_path: Path) -> RunProgram:
    """Builds a program in a mode and a lowering, and runs it on a few packets."""

    def run(source: Path, mode: str, lowering: str) -> Ran:
        module = tmp_path / f"{source.stem}.fpm"
        module.write_bytes(build_module((source,), (f"-I{HERE}",), mode, lowering))
        config = chain(
            node(module, budget_us=10_000_000), input=pool(64, 8, size=300), allow_unprotected=True
        )
        outcome = run_host(words_for(host_program("runtime/fphost"), module), "run", config)
        faults = outcome.all("fault")
        return Ran(outcome, describe_fault(module, None, faults[0]).splitlines()[0] if faults else "")

    return run


def expected_report(source: Path) -> str:
    """The report a program asks for, as a pattern; "" if any will do."""
    text = source.read_text(encoding="utf-8")
    found = _REPORT.search(text)
    if found is None:
        return ""
    site = next((n for n, line in enumerate(text.splitlines(), 1) if "/* SITE */" in line), 0)
    return re.escape(found[1]).replace("SITE", rf"\S*{re.escape(source.name)}:{site}(?::\d+)?")


def marked_line(source: Path) -> int:
    """The line of the access that is wrong, 0 if it is not the program's own."""
    lines = source.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if "/* HERE */" in line), 0)
