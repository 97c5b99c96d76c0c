"""Every example NF, built by fpcc in every mode and run by fphost, gives what its model gives.

With the lowering that is chosen by itself, and those that run under an emulator (tests/emulator.py).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from passes.modes import MODES
from tests.conftest import RunFpcc
from tests.emulator import is_emulated, protections
from tests.nfs.driver import Packet
from tests.nfs.models import MODELS
from tests.nfs.protected import Survivors, run_module
from tests.nfs.random_frames import any_frame, valid_frame
from tests.nfs.shipped import EXAMPLES, shipped_args, shipped_packets
from tests.nfs.strategies import packet_lists

BuildModule = Callable[[str, str, str], Path]

# NAT updates checksums, so wrong ones stay wrong; its model computes them afresh and needs right ones.
FRAMES = {"nat": valid_frame}
PROTECTIONS = [(mode, "auto") for mode in MODES] + [p for p in protections() if is_emulated(p[1])]


@pytest.fixture(scope="module")
def module(run_fpcc: RunFpcc, tmp_path_factory: pytest.TempPathFactory) -> BuildModule:
    """Gives the module of an NF in a mode and a lowering."""
    work = tmp_path_factory.mktemp("modules")

    def build(name: str, mode: str, lowering: str) -> Path:
        path = work / f"{name}-{mode}-{lowering}.fpm"
        if not path.exists():
            words = (f"--mode={mode}", f"--lowering={lowering}", "-q", "-o", path)
            done = run_fpcc("build", EXAMPLES / "nfs" / f"{name}.c", *words)
            assert done.returncode == 0, done.stderr
        return path

    return build


@pytest.mark.parametrize(("mode", "lowering"), PROTECTIONS)
@pytest.mark.parametrize("name", MODELS)
def test_the_shipped_capture_leaves_as_the_model_says(
    name: str, mode: str, lowering: str, module: BuildModule, tmp_path: Path
) -> None:
    packets, args = shipped_packets(), shipped_args(name)
    expected = Survivors.of(MODELS[name](packets, args))
    assert run_module(module(name, mode, lowering), packets, args, tmp_path) == expected


@pytest.mark.parametrize(("mode", "lowering"), PROTECTIONS)
@pytest.mark.parametrize("name", MODELS)
def test_any_packets_leave_as_the_model_says(
    name: str, mode: str, lowering: str, module: BuildModule, tmp_path: Path
) -> None:
    path, args = module(name, mode, lowering), shipped_args(name)

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(packets=packet_lists(FRAMES.get(name, any_frame)))
    def check(packets: list[Packet]) -> None:
        expected = Survivors.of(MODELS[name](packets, args))
        assert run_module(path, packets, args, tmp_path) == expected

    check()
