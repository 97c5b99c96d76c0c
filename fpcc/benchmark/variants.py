"""The builds of an NF that are compared, each a process of its own so that two run at once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from fpcc.errors import FpccError
from passes.modes import MODES

# The fpcc of this very interpreter, whatever is on the path.
FPCC = (sys.executable, "-c", "from fpcc.cli import main; main()")


@dataclass(frozen=True)
class Source:
    """What is built: C files and compiler flags, as `fpcc build` takes them."""

    files: tuple[Path, ...]
    flags: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.files[0].stem


@dataclass(frozen=True)
class Variant:
    """One build. `lowering` is "none" where nothing is lowered."""

    mode: str
    lowering: str

    @property
    def name(self) -> str:
        return self.mode if self.lowering == "none" else f"{self.mode} {self.lowering}"

    @property
    def file_name(self) -> str:
        return f"{self.name.replace(' ', '-')}.fpm"

    @property
    def options(self) -> tuple[str, ...]:
        lowering = () if self.lowering == "none" else (f"--lowering={self.lowering}",)
        return (f"--mode={self.mode}", *lowering)


BASELINE = Variant("none", "none")


class BuildFailed(FpccError):
    """A build failed; shows what it said."""


def list_variants(modes: Iterable[str], lowerings: Sequence[str]) -> tuple[Variant, ...]:
    """The baseline, then each guarded mode with each lowering."""
    wanted = set(modes)
    guarded = [name for name, mode in MODES.items() if mode.hardened and name in wanted]
    return (
        BASELINE,
        *(Variant(mode, lowering) for mode, lowering in product(guarded, dict.fromkeys(lowerings))),
    )


def build_command(source: Source, variant: Variant, output: Path) -> list[str]:
    files = [str(file) for file in source.files]
    return [*FPCC, "build", "--quiet", *variant.options, "-o", str(output), *files, *source.flags]


def build_variants(source: Source, variants: Sequence[Variant], directory: Path) -> dict[Variant, Path]:
    """Builds all into `directory`; their module files. Raises BuildFailed with the first failure's words."""
    directory.mkdir(exist_ok=True)
    outputs = {variant: directory / variant.file_name for variant in variants}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda item: _build(build_command(source, *item)), outputs.items()))
    return outputs


def _build(command: list[str]) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
    if done.returncode:
        raise BuildFailed(done.stderr.strip() or f"{' '.join(command)}: exit status {done.returncode}")
