"""The attacks: what each file says of itself in its first comment.

    expect: REFUSED | FAULT | survives | contained      in every mode
    expect in MODE: ...                                 in that mode instead
    expect in LOWERING: ...                             in that lowering instead
    flags: WORDS                                        for the compiler
    with: FILES                                         to be compiled with it, beside parts/main.c

REFUSED is `refused: WORDS`: the build fails and its error has the words. FAULT is `fault KIND[, KIND...]
[: ACCESS]`: the host reports such a fault, on a line marked HERE if there is one. `survives`: the module does
no harm and goes on; `contained`: either, where what happens depends on the optimiser. Where a lowering
confines accesses instead of guarding them, a fault of kind `guard` may be one of kind `memory`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from fpcc.abi import abi
from passes.lower.registry import LOWERINGS
from passes.modes import MODES
from tests.emulator import is_emulated

HERE = Path(__file__).parent
CONFINING = [name for name, make in LOWERINGS.items() if make(abi().numbers).confines]
SHORT_BUDGET_US = 100_000  # enough for a walk through all of the heap, whose pages come one by one
LONG_BUDGET_US = 60_000_000
_FIELD = re.compile(r"^ \* (expect|expect in (\w+)|flags|with): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Expectation:
    """What must come of an attack."""

    verdict: str  # "refused", "fault", "survives", "contained"
    words: str = ""  # of the refusal
    kinds: tuple[str, ...] = ()
    access: str = ""
    is_exact: bool = True  # False: qemu does not say of an access that faulted whether it was a read

    @property
    def budget_us(self) -> int:
        """Of one call: more than it takes on any machine, unless the attack may end by running out of it."""
        ends_with_its_time = self.verdict == "contained" or "time budget" in self.kinds
        return SHORT_BUDGET_US if ends_with_its_time else LONG_BUDGET_US


@dataclass(frozen=True)
class Attack:
    """One file of the corpus."""

    path: Path
    expected: Expectation
    exceptions: dict[str, Expectation]  # by mode or lowering
    flags: tuple[str, ...]
    sources: tuple[Path, ...]
    lines: frozenset[int]  # marked HERE

    def expectation(self, mode: str, lowering: str) -> Expectation:
        general = self.exceptions.get(mode, self.expected)
        expected = self.exceptions.get(lowering, general)
        if MODES[mode].bounded and mode not in self.exceptions:
            expected = _seen_sooner(expected)
        if is_emulated(lowering):
            expected = replace(expected, is_exact=False)
        if lowering in CONFINING and "guard" in expected.kinds:
            return replace(expected, kinds=(*expected.kinds, "memory"))
        return expected


def _seen_sooner(expected: Expectation) -> Expectation:
    """Where bounds are checked, an access outside its object is a fault even if it stays in the arena."""
    if expected.verdict == "survives":
        return Expectation("contained")
    of_access = {"guard", "memory", "api"} & set(expected.kinds)
    return replace(expected, kinds=(*expected.kinds, "bounds", "guard")) if of_access else expected


def read_attack(path: Path) -> Attack:
    """The attack in `path`."""
    text = path.read_text(encoding="utf-8")
    fields: dict[str, str] = {match[1]: match[3] for match in _FIELD.finditer(text[: text.index("*/")])}
    assert "expect" in fields, f"{path.name}: what must happen?"
    parts = ["parts/main.c"] if not re.search(r"\bvoid process\(", text) else []
    sources = (path, *(HERE / name for name in [*parts, *fields.get("with", "").split()]))
    lines = frozenset(n for n, line in enumerate(text.splitlines(), 1) if "/* HERE */" in line)
    exceptions = {k.split()[-1]: _parse(v) for k, v in fields.items() if k.startswith("expect in")}
    flags = tuple(word.replace("HERE", str(HERE)) for word in fields.get("flags", "").split())
    return Attack(path, _parse(fields["expect"]), exceptions, flags, sources, lines)


def _parse(text: str) -> Expectation:
    verdict, _, rest = text.partition(" ")
    if verdict == "refused:":
        return Expectation("refused", words=rest)
    if verdict == "fault":
        kinds, _, access = rest.partition(": ")
        return Expectation("fault", kinds=tuple(kinds.split(", ")), access=access)
    assert verdict in ("survives", "contained") and not rest, text
    return Expectation(verdict)


def read_corpus() -> dict[str, Attack]:
    """All attacks by name."""
    return {path.stem: read_attack(path) for path in sorted(HERE.glob("*.c")) if path.name != "canary.c"}
