"""What a figure is, and what it is measured with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bench.host.plane import Json, node

SECONDS = 2.0
ROUNDS = 5
HOSTS = 5  # for pairs: where a host's memory lies changes what a packet costs
PAIRS = 8  # in each
BATCH = 32


@dataclass(frozen=True)
class Figure:
    """One row: a number, and what it should be."""

    what: str
    value: float
    unit: str
    target: str = ""
    reached: bool = True


@dataclass(frozen=True)
class Modules:
    """What runs in the figures, built in wonly with lowering segment."""

    work: Path
    nothing: Path
    split: Path
    crash: Path
    delay: Path
    order: Path
    rounds: dict[int, Path]  # argument files of work.c


def module_node(name: str, tenant: str, module: Path, **options: object) -> Json:
    return {**node(name, "module", tenant), "options": {"module": str(module), **options}}


def work_node(modules: Modules, tenant: str, rounds: int) -> Json:
    """An NF that spends so many rounds of work on each packet."""
    return module_node(f"{tenant}.nf", tenant, modules.work, args=str(modules.rounds[rounds]))
