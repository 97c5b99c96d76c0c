"""Modules made to get past the verifier: each did, or might have, and is refused by the rule it breaks."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from fpcc.verifier.verify import verify_module
from tests.verifier.assembled import imports_of, make_module

HERE = Path(__file__).parent / "attacks"
_FIELD = re.compile(r"^# (rule|modes|lowerings): (.+)$", re.MULTILINE)

# Accepted today.
OPEN = frozenset[str]()
SECONDS = 60


@dataclass(frozen=True)
class Attack:
    """One module of the corpus, with the claims of its manifest."""

    path: Path
    rule: str
    mode: str
    lowering: str

    def build(self) -> bytes:
        """The module."""
        code = self.path.read_text()
        return make_module(code, mode=self.mode, lowering=self.lowering, **imports_of(code))


def _read(path: Path) -> list[Attack]:
    fields = {match[1]: match[2] for match in _FIELD.finditer(path.read_text())}
    modes, lowerings = fields["modes"].split(), fields["lowerings"].split()
    return [Attack(path, fields["rule"], mode, lowering) for mode in modes for lowering in lowerings]


def _params() -> list[object]:
    attacks = [attack for path in sorted(HERE.glob("*.s")) for attack in _read(path)]
    return [
        pytest.param(
            attack,
            id=f"{attack.path.stem}-{attack.mode}-{attack.lowering}",
            marks=[pytest.mark.xfail(strict=True, reason="accepted")] if attack.path.stem in OPEN else [],
        )
        for attack in attacks
    ]


@pytest.mark.parametrize("attack", _params())
def test_an_attack_is_refused_by_the_rule_it_breaks(attack: Attack) -> None:
    rules = {violation.rule for violation in verify_module(attack.build()).violations}
    assert rules, "accepted"
    assert attack.rule in rules


@pytest.mark.parametrize(
    "instruction", ["testl $0, %eax", "testq $-1, %rax", "andl $0, %eax", "andq $-1, %rax"]
)
def test_masks_of_nothing_and_of_everything_are_understood(instruction: str) -> None:
    assert not verify_module(make_module(f"{instruction}; ret", lowering="compare", mode="wonly")).violations


def test_debug_information_that_goes_round_does_not_keep_the_command(tmp_path: Path) -> None:
    path = tmp_path / "hostile.fpm"
    path.write_bytes(make_module((HERE / "debug_information_loop.inc").read_text()))
    command = [str(Path(sys.executable).parent / "fpcc"), "verify", str(path)]
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    assert done.returncode == 3
