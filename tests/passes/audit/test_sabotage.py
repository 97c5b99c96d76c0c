"""The audit refuses every way to break protected IR that we could think of."""

from __future__ import annotations

from functools import cache

import pytest

from passes.audit import audit_module
from passes.ir.lexer import IRSyntaxError
from tests.passes.audit.sabotage import SABOTAGES
from tests.passes.protected import CASES, protect_and_audit, protection, read_input, verify

# What does no harm there: (a beginning of the sabotage's name, case). A guard at a join both of whose ways
# are guarded; a touch the source asked for; strides of what is no address, or is checked each turn; the first
# of two traps; a clearing that the source asked for.
HARMLESS = (
    ("a guard ", "dominated_and_siblings"),
    ("a signed guard", "dominated_and_siblings"),
    ("a distance from elsewhere", "dominated_and_siblings"),
    ("a trap that goes on", "dominated_and_siblings"),
    ("a touch that may be dropped", "every_kind"),
    ("a touch that may be dropped", "bits_of_a_flag"),
    ("a touch that may be dropped", "roots_of_every_kind"),
    ("a stride beyond the zone", "dynamic"),
    ("a stride beyond the zone", "after_a_call"),
    ("a stride beyond the zone", "root_that_stays"),
    ("a stride beyond the zone", "packets"),
    ("an offset beyond the zone", "packets"),
    ("no trap before unreachable", "unreachable"),
    ("a native local not cleared", "lengths"),
)
PATHS = sorted(p for p in CASES.rglob("*.ll") if not p.name.endswith(".expected.ll"))


@cache
def protected_cases() -> dict[str, str]:
    """Every case in mode `rw`."""
    paths = [path for path in PATHS if path.parent.name != "refused"]
    return {path.stem: protect_and_audit(read_input(path), "rw")[0].text for path in paths}


def is_valid(text: str) -> bool:
    try:
        verify(text)
    except RuntimeError:
        return False
    return True


def is_refused(text: str) -> bool:
    try:
        audited = audit_module(text, protection("rw"))
    except IRSyntaxError:
        return True
    return bool(audited.broken or audited.unproved)


@pytest.mark.parametrize("name", SABOTAGES)
def test_sabotage_is_refused(name: str) -> None:
    mutants = [
        (case, mutant)
        for case, text in protected_cases().items()
        for mutant in SABOTAGES[name](text)
        if mutant != text and is_valid(mutant)
    ]
    assert mutants, "nothing was broken"
    accepted = {case for case, mutant in mutants if not is_refused(mutant)}
    assert accepted == {case for begin, case in HARMLESS if name.startswith(begin)} & accepted
