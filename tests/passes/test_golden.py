"""Each rule of the passes on IR small enough to read: `cases/**/NAME.ll` in, `NAME.expected.ll` out.

A case is protected in mode `rw` and lowering `compare`, or those that its first lines name (`; mode: wonly`,
`; lowering: segment`). After a change that is meant, `pytest --update-golden` writes the expected files; read
what it wrote.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fpcc.optimizer import emit_assembly
from passes.ir.module import Module
from passes.lower.registry import LOWERINGS
from passes.model import RefusedError
from passes.modes import MODES
from passes.protect import protect_module
from tests.conftest import CompareGolden
from tests.passes.protected import CASES, CPU, describe, protect_and_audit, protection, read_input, verify

INPUTS = sorted(path for path in CASES.rglob("*.ll") if not path.name.endswith(".expected.ll"))
NAMES = [str(path.relative_to(CASES).with_suffix("")) for path in INPUTS]
ACCEPTED = [path for path in INPUTS if path.parent.name != "refused"]
REFUSED = [path for path in INPUTS if path.parent.name == "refused"]


def asked_of(path: Path, what: str, usual: str) -> str:
    found = re.search(rf"^; {what}: (\w+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else usual


@pytest.mark.parametrize("path", INPUTS, ids=NAMES)
def test_case_becomes_what_is_expected(path: Path, compare_golden: CompareGolden) -> None:
    described = describe(
        read_input(path), asked_of(path, "mode", "rw"), asked_of(path, "lowering", "compare")
    )
    compare_golden(path.with_suffix(".expected.ll"), described)


@pytest.mark.parametrize("lowering", LOWERINGS)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("path", ACCEPTED, ids=lambda path: path.stem)
def test_every_mode_and_lowering_gives_valid_ir_that_passes_the_audit(
    path: Path, mode: str, lowering: str
) -> None:
    protected, audited = protect_and_audit(read_input(path), mode, lowering)
    verify(protected.text)
    assert audited.broken == ()
    assert audited.unproved == frozenset()


@pytest.mark.parametrize("path", ACCEPTED, ids=lambda path: path.stem)
def test_code_generation_adds_no_calls_and_no_jumps_of_its_own(path: Path) -> None:
    protected, _ = protect_and_audit(read_input(path), "rw")
    assembly = emit_assembly(protected.text, CPU)
    called = re.findall(r"^\t(?:callq?|jmpq?)\t(.*?)$", assembly, re.MULTILINE)
    calls = [callee for callee in called if not callee.startswith(".L")]
    assert [callee for callee in calls if not is_known(callee, protected.module)] == []


def is_known(callee: str, module: Module) -> bool:
    """Whether a call is one of the module's functions, or of a stub for one of the host's; none goes through
    a register or memory."""
    quoted = callee.encode().decode("latin1").translate({c: f"\\{c:02X}" for c in range(128, 256)})
    name = quoted.removesuffix("@PLT")
    return callee.startswith("fp.") or f"@{name}" in module.functions or name in protection("rw").imports


@pytest.mark.parametrize("mode", [name for name, mode in MODES.items() if mode.hardened])
@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_what_is_refused_is_refused_in_every_mode_that_protects(path: Path, mode: str) -> None:
    with pytest.raises(RefusedError):
        protect_module(read_input(path), protection(mode))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_mode_none_changes_nothing(path: Path) -> None:
    text = read_input(path)
    assert protect_module(text, protection("none")).text == text


def test_no_expected_file_is_left_over() -> None:
    expected = {path.with_suffix(".expected.ll") for path in INPUTS}
    assert sorted(set(CASES.rglob("*.expected.ll")) - expected) == []
