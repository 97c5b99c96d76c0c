"""A short soak in which everything happens; and what a soak says if something is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from bench.soak import run
from bench.soak.deeds import DEEDS, Deed, Maker, steer
from bench.soak.footprint import Footprint
from bench.soak.materials import Materials
from bench.soak.run import Pace, SoakFailed, soak
from bench.soak.scene import FIRST, Scene
from tests.bench.soak.conftest import SEED
from tests.conftest import REPO
from tests.host.conftest import Program

ROUNDS = 3
PACE = Pace(lambda rounds: rounds == ROUNDS, deeds=25, packets=2000)
SHORT = Pace(lambda rounds: rounds == 1, deeds=1, packets=100)


def test_a_short_soak_finds_nothing(fphost: Path, materials: Materials) -> None:
    record = soak(fphost, materials, SEED, PACE)
    assert record.deeds.total() == ROUNDS * PACE.deeds
    assert record.packets > record.deeds.total() * PACE.packets
    assert record.deeds.keys() == {maker.__name__ for maker, _ in DEEDS}
    assert record.refused == sum(count for name, count in record.deeds.items() if name.endswith("badly"))
    assert {"fault", "restart", "invalid packet", "log", "refused", "graph"} <= record.events.keys()


def test_the_same_seed_makes_the_same_requests(materials: Materials) -> None:
    def choices(seed: int) -> list[Deed]:
        chance = Random(seed)
        return [run.choose(chance)(chance, FIRST, materials) for _ in range(40)]

    assert choices(1) == choices(1) != choices(2)


def soak_with(maker: Maker, host: Path, materials: Materials, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a soak says whose only deed is this one."""
    monkeypatch.setattr(run, "choose", lambda chance: maker)
    with pytest.raises(SoakFailed) as failed:
        soak(host, materials, SEED, SHORT)
    return str(failed.value)


def with_words(words: str) -> Maker:
    def refused(chance: Random, scene: Scene, materials: Materials) -> Deed:
        return Deed({"do": "dance"}, (), scene, words)

    return refused


def accepted(chance: Random, scene: Scene, materials: Materials) -> Deed:
    good = steer(chance, scene, materials)
    return Deed(good.request, good.files, scene, "must not be")


def stop(chance: Random, scene: Scene, materials: Materials) -> Deed:
    return Deed({"do": "stop"}, (), scene)


def stay(chance: Random, scene: Scene, materials: Materials) -> Deed:
    return Deed({"do": "report"}, (), scene)


WRONG = {
    "other words": (
        with_words("two left feet"),
        "with other words than 'two left feet': \"do\" must be one of",
    ),
    "not refused": (accepted, "not refused, although 'must not be'"),
    "unasked": (lambda *_: Deed({"do": "dance"}, (), FIRST), '"do" must be one of report'),
    "the host ends": (stop, "ended with status 0"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said(
    case: str, host_program: Program, materials: Materials, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker, words = WRONG[case]
    assert words in soak_with(maker, host_program("runtime/fphost"), materials, monkeypatch)


def test_packets_that_are_nowhere_are_said(
    host_program: Program, materials: Materials, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "unaccounted", lambda report: 3)
    assert soak_with(stay, host_program("runtime/fphost"), materials, monkeypatch).startswith("3 packets of ")


def test_descriptors_that_are_left_are_said(
    host_program: Program, materials: Materials, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Footprint(1000, 1000, descriptors=9, threads=3)
    found = iter([first, replace(first, descriptors=10)])
    monkeypatch.setattr(run, "measure_footprint", lambda pid: next(found))
    said = soak_with(stay, host_program("runtime/fphost"), materials, monkeypatch)
    assert said.startswith("at rest it holds Footprint") and "descriptors=10" in said


def test_the_command_prints_a_table(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.soak"],
        cwd=REPO,
        env={**os.environ, "SOAK_SECONDS": "0", "SOAK_SEED": "7"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("0 seconds, SOAK_SEED=7\n")
    assert "| packets unaccounted for | 0 |" in done.stdout
