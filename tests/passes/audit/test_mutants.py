"""Random edits of protected IR: what the audit accepts never leaves the arena, whatever memory says."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Sequence

import pytest

from passes.audit import audit_module
from passes.ir.lexer import IRSyntaxError
from passes.ir.module import read_module
from tests.passes.audit.test_sabotage import is_valid, protected_cases
from tests.passes.protected import protection
from tests.passes.test_machine import find_escapes

MUTANTS = int(os.environ.get("FASTPAAS_MUTANTS", "25"))  # of each case
_NUMBER = re.compile(r"(?<= )-?\d+(?=$|[ ,)])")
_VALUE = re.compile(r"%[\w.]+")
_NUMBERS = ("0", "1", "-1", "4", "100", "65535", "65536", "-65536", "2147483648", "4294967296", "-4294967296")


def mutate(text: str, chance: random.Random) -> str:
    """One line of a function's body changed, dropped, doubled or put elsewhere."""
    lines = text.splitlines()
    body = [i for i, line in enumerate(lines) if line.startswith("  ")]
    at = chance.choice(body)
    kind = chance.choice(("number", "number", "value", "value", "drop", "swap", "volatile", "labels"))
    if kind == "drop":
        del lines[at]
    elif kind == "swap":
        other = chance.choice(body)
        lines[at], lines[other] = lines[other], lines[at]
    else:
        lines[at] = _edit_line(lines[at], kind, _VALUE.findall(text), chance)
    return "\n".join(lines) + "\n"


def _edit_line(line: str, kind: str, values: Sequence[str], chance: random.Random) -> str:
    if kind == "volatile":
        return line.replace(" volatile", "")
    if kind == "labels":
        return re.sub(r"label (\S+?), label ([^\s,]+)", r"label \2, label \1", line)
    pattern, choices = (_NUMBER, _NUMBERS) if kind == "number" else (_VALUE, values)
    found = list(pattern.finditer(line))
    if not found:
        return line
    match = chance.choice(found)
    return line[: match.start()] + chance.choice(choices) + line[match.end() :]


def is_accepted(text: str) -> bool:
    try:
        audited = audit_module(text, protection("rw"))
    except IRSyntaxError:
        return False
    return not audited.broken and not audited.unproved


# LLVM aborts the process on some broken modules with debug information.
CASES = sorted(case for case, text in protected_cases().items() if "!dbg" not in text)


@pytest.mark.parametrize("case", CASES)
def test_an_accepted_mutant_stays_in_the_arena(case: str) -> None:
    text, chance = protected_cases()[case], random.Random(case)
    mutants = {mutant for _ in range(MUTANTS) if (mutant := mutate(text, chance)) != text}
    for mutant in sorted(m for m in mutants if is_valid(m) and is_accepted(m)):
        assert find_escapes(read_module(mutant), "rw") == [], mutant
