"""The sound modules that mutants are made of: snippets, a small NF, and examples now and then."""

from __future__ import annotations

import functools
import itertools
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import REPO
from tests.verifier.mutation import Mutable, read_mutable
from tests.verifier.snippet import Snippet, read_snippets

PROTECTIONS = (
    *itertools.product(("wonly", "rw"), ("compare", "segment", "mpx")),
    ("pointer", "mpx"),  # has instructions of its own
)
SMALL, MACSWAP = Path("tests/verifier/mutants/small.c"), Path("examples/nfs/macswap.c")

_SNIPPETS, _EXAMPLES = 0.6, 0.01  # of all mutants; the rest are of the small NF


@dataclass(frozen=True)
class Stock:
    """A sound module and its mode."""

    mutable: Mutable
    mode: str


def choose_stock(chance: random.Random) -> Stock:
    """One of them, by chance."""
    share = chance.random()
    if share < _SNIPPETS:
        return _snippet_stock(chance.choice(_sound_snippets()))
    source = MACSWAP if share > 1 - _EXAMPLES else SMALL
    mode, lowering = chance.choice(PROTECTIONS)
    return Stock(read_built(source, mode, lowering), mode)


@functools.cache
def read_built(source: Path, mode: str, lowering: str) -> Mutable:
    """A module that fpcc builds, without AVX, of which the emulator has none."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "module.fpm")
        words = (
            str(source),
            f"--mode={mode}",
            f"--lowering={lowering}",
            "-march=x86-64-v2",
            "-q",
            "-o",
            path,
        )
        subprocess.run([Path(sys.executable).parent / "fpcc", "build", *words], cwd=REPO, check=True)
        return read_mutable(path.read_bytes())


@functools.cache
def _sound_snippets() -> tuple[Snippet, ...]:
    return read_snippets("pass")


@functools.cache
def _snippet_stock(snippet: Snippet) -> Stock:
    return Stock(read_mutable(snippet.build()), snippet.mode)
