"""fpcc doctor: says what is there, and what each missing thing disables."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fpcc.doctor_host import LEVEL_V3, cpu_flags
from fpcc.doctor_toolchain import check_toolchain, require_one_major
from fpcc.errors import InputError
from tests.conftest import RunFpcc


def findings(output: str) -> dict[str, dict[str, Any]]:
    return {check["name"]: check for check in json.loads(output)["checks"]}


def test_this_machine_can_build_and_run(run_fpcc: RunFpcc) -> None:
    done = run_fpcc("doctor", "--json")
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["ok"] is True
    found = findings(done.stdout)
    assert found["clang"]["found"].startswith("22.")
    assert found["lld"]["found"].startswith("22.")
    assert found["llvmlite"]["found"].startswith("22.")


def test_the_table_names_every_check(run_fpcc: RunFpcc) -> None:
    names = findings(run_fpcc("doctor", "--json").stdout)
    table = run_fpcc("doctor", COLUMNS="200").stdout
    assert [name for name in names if name not in table] == []
    assert "can build and run modules here" in table


def test_a_missing_optional_tool_is_explained_and_harmless(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    done = run_fpcc("doctor", "--json", PATH=str(tmp_path))
    qemu = findings(done.stdout)["qemu-x86_64"]
    assert (qemu["ok"], qemu["required"], done.returncode) == (False, False, 0)
    assert "mpx" in qemu["disables"]


@pytest.mark.parametrize(
    ("package", "code", "lost"),
    [
        ("llvmlite", "raise ImportError('broken wheel')", "llvmlite"),
        ("ziglang", "", "clang"),
        ("ziglang", "", "lld"),
        ("clang", "raise ImportError('broken wheel')", "libclang"),
    ],
)
def test_a_broken_package_is_found(
    package: str, code: str, lost: str, run_fpcc: RunFpcc, tmp_path: Path
) -> None:
    (tmp_path / package).mkdir()
    (tmp_path / package / "__init__.py").write_text(code)
    done = run_fpcc("doctor", "--json", PYTHONPATH=str(tmp_path))
    assert done.returncode == 1, done.stderr
    assert findings(done.stdout)[lost]["ok"] is False
    table = run_fpcc("doctor", PYTHONPATH=str(tmp_path), COLUMNS="200")
    assert table.returncode == 1
    assert "no compiling network functions" in table.stdout


def test_too_little_address_space_is_found(run_fpcc: RunFpcc) -> None:
    limits = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, limits[1]))
    try:
        done = run_fpcc("doctor", "--json")
    finally:
        resource.setrlimit(resource.RLIMIT_AS, limits)
    assert done.returncode == 1, done.stderr
    assert findings(done.stdout)["address space"]["found"] == "6 GiB (ulimit -v)"


def test_processor_flags_are_those_of_the_first_processor() -> None:
    text = "processor\t: 0\nflags\t\t: fpu avx2 mpx\nbugs\t\t: none\n\nprocessor\t: 1\nflags\t\t: fpu\n"
    assert cpu_flags(text) == {"fpu", "avx2", "mpx"}
    assert cpu_flags("Processor : ARM\n") == frozenset()


def test_the_level_agrees_with_the_c_library() -> None:
    """The dynamic linker judges x86-64-v3 by itself: it searches glibc-hwcaps/x86-64-v3 if supported."""
    loader = ["/lib64/ld-linux-x86-64.so.2", "--help"]
    said = subprocess.run(loader, capture_output=True, text=True, check=True).stdout
    supported = "x86-64-v3 (supported" in said
    assert LEVEL_V3.issubset(cpu_flags(Path("/proc/cpuinfo").read_text())) == supported


def test_the_installed_tools_fit_together() -> None:
    check_toolchain()


def test_tools_of_two_majors_are_refused() -> None:
    with pytest.raises(InputError, match=r"llvmlite 20, clang 22, lld 22.*pip install"):
        require_one_major({"llvmlite": "20", "clang": "22", "lld": "22"})


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has capabilities to give up")
def test_interfaces_need_a_capability(run_fpcc: RunFpcc) -> None:
    """What is said is what the host may do, not who asks."""
    assert findings(run_fpcc("doctor", "--json").stdout)["CAP_NET_RAW"]["ok"] is True
    without = ["setpriv", "--bounding-set=-net_raw", "--inh-caps=-net_raw"]
    command = [*without, str(Path(sys.executable).parent / "fpcc"), "doctor", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = findings(done.stdout)["CAP_NET_RAW"]
    assert (found["ok"], found["required"], done.returncode) == (False, False, 0)
    assert "af_packet" in found["disables"]
