"""Hostile network functions, in every mode and lowering.

Nothing outside their memory changes, the host and the other modules go on, and the report names what was
tried and where.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fpcc.call_chain import CallChain, find_chain
from fpcc.errors import FpccError, InternalError
from fpcc.symbolize import describe_fault
from passes.modes import MODES
from tests.attacks.conftest import Aftermath, BuildAttack, RunAttack, check_survivors
from tests.attacks.corpus import Attack, Expectation, read_corpus
from tests.emulator import protections

CORPUS = read_corpus()


@pytest.mark.parametrize(("mode", "lowering"), protections())
@pytest.mark.parametrize("name", CORPUS)
def test_attack_does_no_harm(
    name: str, mode: str, lowering: str, build_attack: BuildAttack, run_attack: RunAttack
) -> None:
    attack = CORPUS[name]
    expected = attack.expectation(mode, lowering)
    try:
        module = build_attack(attack, mode, lowering)
    except FpccError as error:
        check_refusal(expected, error)
        return
    assert expected.verdict != "refused", "it was built"
    aftermath = run_attack(module, expected.budget_us)
    check_survivors(aftermath)
    check_verdict(attack, expected, module, aftermath)
    if "read" in MODES[mode].guarded:
        assert "leaked" not in aftermath.outcome.counters()


def check_refusal(expected: Expectation, error: FpccError) -> None:
    """It is refused, for the right reason, and not by accident."""
    assert not isinstance(error, InternalError), error
    assert expected.verdict == "refused", error
    assert expected.words in str(error)


def check_verdict(attack: Attack, expected: Expectation, module: Path, aftermath: Aftermath) -> None:
    """The fault that was to be expected was reported at its line, or there was none."""
    faults = aftermath.outcome.all("fault")
    assert len(faults) <= 1
    if expected.verdict == "contained":
        return
    assert bool(faults) == (expected.verdict == "fault"), faults
    if faults:
        check_report(attack, expected, module, faults[0])


def check_report(attack: Attack, expected: Expectation, module: Path, fault: dict[str, Any]) -> None:
    """The report names kind, access and line, and has all calls up to the entry point."""
    assert fault["kind"] in expected.kinds, fault
    report = describe_fault(module, None, fault)
    if expected.access and (fault["access"] != "unknown" or expected.is_exact):
        assert f"fault: {expected.access}" in report.splitlines()[0], report
    chain = find_chain(module.read_bytes(), fault)
    assert chain.complete or has_used_all_words(chain, fault), report
    if attack.lines:
        assert any(f"{attack.path.name}:{line}" in report for line in attack.lines), report


def has_used_all_words(chain: CallChain, fault: dict[str, Any]) -> bool:
    """A recursion leaves more calls on the stack than the host tells of."""
    _, address = fault["stack"]["words"][-1]
    return (
        "stack exhausted" in fault["kind"] and len(chain.addresses) > 1 and address - 5 == chain.addresses[-1]
    )


def test_the_corpus_has_every_verdict() -> None:
    assert {attack.expected.verdict for attack in CORPUS.values()} == {
        "refused",
        "fault",
        "survives",
        "contained",
    }


def test_canaries_notice_damage(build_attack: BuildAttack, run_attack: RunAttack) -> None:
    """Without guards the very same attack changes the host's memory: the tests can see an escape."""
    attack = CORPUS["host_page"]
    module = build_attack(attack, "none", "compare")
    with pytest.raises(AssertionError):
        check_survivors(run_attack(module, attack.expected.budget_us))
