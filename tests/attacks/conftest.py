"""fphost with canaries around its modules, the innocent module, and attacks built once for all modes."""

from __future__ import annotations

import functools
import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fpcc.flags import parse_flags
from fpcc.stages.state import Build, BuildOptions
from tests.attacks.corpus import HERE, LONG_BUDGET_US, Attack
from tests.emulator import words_for
from tests.host.conftest import build as build_program
from tests.host.run.runner import Outcome, chain, check_accounts, node, pool
from tests.protect import optimise, protect

BuildAttack = Callable[[Attack, str, str], Path]
RunAttack = Callable[[Path, int], "Aftermath"]  # of a module, with a budget in µs
BATCHES, BATCH = 4, 32


@dataclass(frozen=True)
class Aftermath:
    """What is left of the host and its other modules after an attack."""

    outcome: Outcome
    canaries: dict[str, Any]


@functools.cache
def optimised(sources: tuple[Path, ...], flags: tuple[str, ...]) -> Build:
    """The program before any mode has touched it."""
    return optimise(BuildOptions(sources, "attack", flags=parse_flags(flags)))


def build_module(sources: tuple[Path, ...], flags: tuple[str, ...], mode: str, lowering: str) -> bytes:
    """The module file of a program; raises what fpcc raises."""
    return protect(optimised(sources, flags), mode, lowering)


@pytest.fixture(scope="session")
def build_attack(tmp_path_factory: pytest.TempPathFactory) -> BuildAttack:
    """Builds an attack in a mode and a lowering."""
    directory = tmp_path_factory.mktemp("attacks")

    def build(attack: Attack, mode: str, lowering: str) -> Path:
        flags = (f"-I{HERE}", *attack.flags)
        path = directory / f"{attack.path.stem}-{mode}-{lowering}.fpm"
        path.write_bytes(build_module(attack.sources, flags, mode, lowering))
        return path

    return build


@pytest.fixture(scope="session")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The innocent module."""
    path = tmp_path_factory.mktemp("victim") / "victim.fpm"
    path.write_bytes(build_module((HERE / "parts/victim.c",), (), "rw", "compare"))
    return path


@pytest.fixture(scope="session")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library with the host's canaries."""
    library = tmp_path_factory.mktemp("canary") / "canary.so"
    flags = ("-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC")
    subprocess.run(["cc", *flags, HERE / "canary.c", "-o", library], check=True)
    return library


@pytest.fixture(scope="session")
def fphost(repo: Path) -> Path:
    """The host as users get it."""
    return build_program(repo, "host", [], "runtime/fphost")


@pytest.fixture
def run_attack(fphost: Path, victim: Path, canary: Path, tmp_path: Path) -> RunAttack:
    """Runs a module between two innocent ones, which get all packets, and looks at what is left."""

    def run(module: Path, budget_us: int) -> Aftermath:
        report = tmp_path / "canaries.json"
        nodes = (
            node(victim, "before", budget_us=LONG_BUDGET_US),
            node(module, policy="bypass", budget_us=budget_us),
            node(victim, "after", budget_us=LONG_BUDGET_US),
        )
        config = chain(*nodes, input=pool(BATCHES * BATCH, 64, size=256), allow_unprotected=True)
        words = words_for(fphost, module, LD_PRELOAD=str(canary), CANARY_REPORT=str(report))
        done = subprocess.run(
            [*words, "run", "-"], input=json.dumps(config), capture_output=True, text=True, check=False
        )
        assert report.is_file(), f"the host died: {done.returncode}\n{done.stdout}\n{done.stderr}"
        events = [json.loads(line) for line in done.stdout.splitlines()]
        return Aftermath(Outcome(done.returncode, events, done.stderr), json.loads(report.read_text()))

    return run


def check_survivors(aftermath: Aftermath) -> None:
    """The host, its memory and the innocent modules are as they were, and every packet is accounted for."""
    outcome = aftermath.outcome
    assert aftermath.canaries["damaged"] == 0, aftermath
    assert aftermath.canaries["canaries"] > 8, "no canaries beside the arenas"
    assert outcome.status == 0, outcome
    check_accounts(outcome)
    for name in ("before", "after"):
        seen = outcome.node(name)["in"]
        assert outcome.counters(name) == {"intact": seen, "damaged": 0} or outcome.counters(name) == {
            "intact": seen
        }
    assert outcome.node("before")["in"] == BATCHES * BATCH
    assert outcome.node("after")["in"] == BATCHES * BATCH - sum(outcome.node()["drops"].values())
    assert "fault" not in outcome.node()["drops"], "the policy is to go on without the module"
