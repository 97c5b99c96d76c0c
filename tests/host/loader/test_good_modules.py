"""Good modules load, lie in the arena as their segments say, and run."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from elftools.elf.elffile import ELFFile

from tests.host.loader.conftest import Load
from tests.host.loader.modules import GOOD, Recipe, build_module

PAGE = 4096
HEAP = 0x20000000
HEAP_BYTES = 0x10000  # what load_module asks for

RUNS = {
    "minimal": [
        "packet 0 gate 7 len 60 byte 0",
        "packet 1 gate 0 len 61 byte 1",
        "packet 2 gate 0 len 62 byte 2",
    ],
    "rich": [
        "counter one",
        "log 2 text",
        "log 2 two",
        "init 0",
        "count 3 1000000007",
        "packet 0 gate 5 len 1048576 byte 1",
        "packet 1 gate 7 len 1048576 byte 2",
        "packet 2 gate 9 len 1048576 byte 3",
        "log 2 zero",
    ],
    "preemptible": [
        "count 1 2",
        "packet 0 gate 80 len 60 byte 0",
        "packet 1 gate 0 len 61 byte 1",
        "packet 2 gate 0 len 62 byte 2",
    ],
    "unprotected": [
        "packet 0 gate 0 len 60 byte 2",
        "packet 1 gate 0 len 61 byte 1",
        "packet 2 gate 0 len 62 byte 2",
    ],
}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_module_loads_and_runs(name: str, good_modules: dict[str, Path], load: Load) -> None:
    said = load(good_modules[name], "--unprotected", "--run").splitlines()
    assert said[0].startswith("loaded ")
    assert said[1:] == RUNS[name]


@pytest.mark.parametrize("name", GOOD)
def test_the_build_users_get_runs_them_too(
    name: str, good_modules: dict[str, Path], load_plainly: Load
) -> None:
    assert load_plainly(good_modules[name], "--unprotected", "--run").splitlines()[1:] == RUNS[name]


def test_a_loaded_module_is_described_by_its_manifest_and_digest(
    good_modules: dict[str, Path], load: Load
) -> None:
    words = load(good_modules["rich"]).split()
    assert words[:6] == ["loaded", "rich.nf-1", "mode", "2", "lowering", "compare"]
    assert words[-1] == hashlib.sha256(good_modules["rich"].read_bytes()).hexdigest()


@pytest.mark.parametrize("size", [0, 1, 55, 56, 63, 64, 65, 119, 120, 128])
def test_the_digest_is_sha256_for_every_length_of_the_last_block(
    size: int, good_modules: dict[str, Path], load: Load, tmp_path: Path
) -> None:
    data = good_modules["minimal"].read_bytes()
    data += bytes(range(-len(data) % 64 + size))
    longer = tmp_path / "longer.fpm"
    longer.write_bytes(data)
    assert load(longer).split()[-1] == hashlib.sha256(data).hexdigest()


def wanted_rights(module: Path) -> dict[int, str]:
    """Page of the arena -> rights, from the program headers as another reader understands them."""
    pages: dict[int, str] = {}
    with module.open("rb") as file:
        segments = [segment.header for segment in ELFFile(file).iter_segments()]
    for kind in ("PT_LOAD", "PT_GNU_RELRO"):
        for header in (h for h in segments if h["p_type"] == kind):
            flags = header["p_flags"]
            rights = "r" + ("w" if flags & 2 else "-") + ("x" if flags & 1 else "-")
            first, last = header["p_vaddr"], header["p_vaddr"] + header["p_memsz"] - 1
            pages.update(dict.fromkeys(range(first // PAGE, last // PAGE + 1), rights))
    return pages | dict.fromkeys(range(HEAP // PAGE, (HEAP + HEAP_BYTES) // PAGE), "rw-")


@pytest.mark.parametrize("name", GOOD)
def test_every_page_has_the_rights_of_its_segment_and_no_other_page_any(
    name: str, good_modules: dict[str, Path], load: Load
) -> None:
    pages: dict[int, str] = {}
    for line in load(good_modules[name], "--unprotected", "--maps").splitlines()[1:]:
        _, start, end, rights = line.split()
        if rights != "---":
            pages.update(dict.fromkeys(range(int(start, 0) // PAGE, int(end, 0) // PAGE), rights))
    assert pages == wanted_rights(good_modules[name])


def test_modules_side_by_side_lie_at_different_places_and_run_alike(
    good_modules: dict[str, Path], load: Load
) -> None:
    rich = good_modules["rich"]
    lines = load(rich, "--maps", "--run", *[str(rich)] * 16).splitlines()
    texts = [int(line.split()[1], 0) for line in lines if line.startswith("map ") and line.endswith(" r-x")]
    assert [text - texts[0] for text in texts] == [PAGE * (i % 16) for i in range(17)]
    assert [line for line in lines if line in RUNS["rich"]] == RUNS["rich"] * 17


@pytest.mark.parametrize("align", [4096, 8192, 16384, 65536, 1 << 20])
def test_what_is_aligned_in_the_file_is_aligned_wherever_the_image_lies(
    align: int, load: Load, tmp_path: Path
) -> None:
    """The gate is how far from its alignment the object lies, in pages."""
    source = (
        f"#include <fastpaas/nf.h>\nstatic _Alignas({align}) char object[{align}];\n"
        "void process(struct fp_batch *batch) {\n"
        "\tvolatile char *place = object;\n"
        '\t__asm__("" : "+r"(place));\n'
        f"\tbatch->packet[0].gate = ((size_t)place % {align}) / 4096;\n}}\n"
    )
    module = build_module(tmp_path, Recipe(source))
    lines = load(module, "--run", *[str(module)] * 16).splitlines()
    gates = [line for line in lines if line.startswith("packet 0 ")]
    assert gates == ["packet 0 gate 0 len 60 byte 0"] * 17


def test_mode_none_needs_permission(good_modules: dict[str, Path], load: Load) -> None:
    said = load(good_modules["unprotected"])
    assert said.startswith("refused: module `sample` has mode none: it could write anywhere in this process")
