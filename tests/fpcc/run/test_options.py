"""Command lines that cannot be carried out: each says what is wrong, in the user's words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fpcc.run_options import name_nodes
from tests.conftest import RunFpcc

# Options after `fpcc run MODULE`, and the first line of what is said. {} is the directory of the test.
WRONG = (
    (("--in", "{}/none.pcap"), "--in {}/none.pcap: no such file"),
    (("--in", "{}"), "--in {}: is a directory"),
    (
        (),
        "--in is missing: name the capture file, af_packet:INTERFACE or dpdk:DEVICE the packets come from",
    ),
    (("--in", "{demo}", "--args", "{}/x"), "--args {}/x: no such file"),
    (("--in", "{demo}", "--args", "x=y"), "--args x=y: no module is named x; there are macswap-wonly"),
    (
        ("--in", "{demo}", "--args", "{demo}", "--args", "{demo}"),
        "--args {demo}: one file too many: 2 for 1 module",
    ),
    (
        ("--in", "{demo}", "--args", "{demo}", "--args", "macswap-wonly={demo}"),
        "--args macswap-wonly={demo}: macswap-wonly has been given {demo} already",
    ),
    (("--in", "{demo}", "--budget-us", "5"), "--budget-us is 5; allowed are 100 to 60000000"),
    (("--in", "{demo}", "--batch", "65"), "--batch is 65; allowed are 1 to 64"),
    (("--in", "{demo}", "--heap", "1"), "--heap is 1; allowed are 4096 to 805240832"),
    (("--in", "dpdk:"), "--in dpdk:: the device's name is missing: dpdk:NAME"),
    (("--in", "{demo}", "--out", "dpdk:"), "--out dpdk:: the device's name is missing: dpdk:NAME"),
    (("--in", "{demo}", "--eal", "-m 64"), "--eal is for devices of DPDK: --in dpdk:NAME or --out dpdk:NAME"),
    (
        ("--in", "{demo}", "--idle-ms", "5"),
        "--idle-ms is for interfaces and devices; {demo} is a file, which ends by itself",
    ),
    (("--in", "./dpdk:x"), "--in dpdk:x: no such file"),
    (
        ("--in", "{copy}", "--out", "{copy}"),
        "--out {copy} is the same file as --in {copy}, which would be lost: name another",
    ),
)


@pytest.fixture
def fill(demo: Path, tmp_path: Path) -> Callable[[str], str]:
    """Puts paths of this test's files into a text."""
    copy = tmp_path / "copy.pcap"
    copy.write_bytes(demo.read_bytes())
    return lambda text: text.format(tmp_path, demo=demo, copy=copy)


@pytest.mark.parametrize(("options", "said"), WRONG, ids=lambda value: " ".join(value)[:40])
def test_what_is_wrong_with_an_option(
    options: tuple[str, ...], said: str, run_fpcc: RunFpcc, macswap: Path, fill: Callable[[str], str]
) -> None:

    done = run_fpcc("run", macswap, *map(fill, options))
    assert (done.returncode, done.stdout, done.stderr) == (1, "", fill(said) + "\n")


def test_c_source_is_no_module(run_fpcc: RunFpcc, demo: Path) -> None:
    done = run_fpcc("run", "examples/nfs/nat.c", "--in", demo)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "examples/nfs/nat.c: this is C source, and modules run",
        "    build it first: fpcc build examples/nfs/nat.c, then run nat.fpm",
    ]


def test_a_module_that_is_not_there(run_fpcc: RunFpcc, demo: Path, tmp_path: Path) -> None:
    done = run_fpcc("run", tmp_path / "x.fpm", "--in", demo)
    assert (done.returncode, done.stderr) == (1, f"{tmp_path / 'x.fpm'}: no such file\n")


def test_a_path_that_is_not_utf_8(run_fpcc: RunFpcc, macswap: Path, demo: Path, tmp_path: Path) -> None:
    odd = tmp_path / "caf\udce9.pcap"
    odd.write_bytes(demo.read_bytes())
    done = run_fpcc("run", macswap, "--in", odd)
    assert done.returncode == 1 and "is not UTF-8" in done.stderr


def test_modules_of_one_name_are_numbered() -> None:
    modules = tuple(map(Path, ("a/nat.fpm", "b/nat.fpm", "nat-2.fpm", "c/nat.fpm", "x.fpm")))
    names = name_nodes(modules)
    assert names[0] == "nat" and len(set(names)) == len(modules) and names[4] == "x"
