"""The audit refuses protected IR of lowering mpx whose checks are broken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import pytest

from passes.audit import audit_module
from tests.passes.audit.sabotage import Sabotage, substitute
from tests.passes.audit.test_sabotage import PATHS, is_valid
from tests.passes.protected import protect_and_audit, protection, read_input

# Where the first of several checks on the ways to an access is not needed.
HARMLESS = ("dominated_and_siblings",)
_CHECK = (
    r'^  call void asm sideeffect "(?P<asm>ud1l \$\{1:c\}\(\$0\), %e[abcd]x)", "r,i"\(ptr (?P<root>.*?), i32'
)

SABOTAGES: Mapping[str, Sabotage] = {
    "no check": substitute(_CHECK + r".*\n", ""),
    "a check of null": substitute(_CHECK, '  call void asm sideeffect "\\g<asm>", "r,i"(ptr null, i32'),
    "other assembly": substitute(_CHECK, '  call void asm sideeffect "nop", "r,i"(ptr \\g<root>, i32'),
    "a bound register that does not exist": substitute(
        _CHECK, '  call void asm sideeffect "ud1l ${1:c}($0), %esi", "r,i"(ptr \\g<root>, i32'
    ),
    "a check behind the access": substitute(
        rf"(?P<check>{_CHECK[1:]}.*\n)(?P<next>.*(?:load|store) .*\n)", r"\g<next>\g<check>"
    ),
    "a compare guard's trap": substitute(
        _CHECK, '  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(ptr \\g<root>, i32'
    ),
}


@cache
def protected_cases() -> dict[str, str]:
    """Every case in mode `rw`."""
    paths = [path for path in PATHS if path.parent.name != "refused"]
    return {path.stem: protect_and_audit(read_input(path), "rw", "mpx")[0].text for path in paths}


def is_refused(text: str) -> bool:
    audited = audit_module(text, protection("rw", "mpx"))
    return bool(audited.broken or audited.unproved)


def _is_broken(case: str, mutant: str) -> bool:
    return mutant != protected_cases()[case] and case not in HARMLESS and is_valid(mutant)


@pytest.mark.parametrize("name", SABOTAGES)
def test_a_broken_check_is_refused(name: str) -> None:
    mutants = [(case, m) for case, text in protected_cases().items() for m in SABOTAGES[name](text)]
    valid = [(case, mutant) for case, mutant in mutants if _is_broken(case, mutant)]
    assert len(valid) > 10, "the sabotage fits nowhere"
    assert [case for case, mutant in valid if not is_refused(mutant)] == []


def test_checks_are_what_the_sabotages_look_for() -> None:
    texts = "\n".join(protected_cases().values())
    assert len(re.findall(_CHECK, texts, re.MULTILINE)) == texts.count("asm sideeffect") > 50
