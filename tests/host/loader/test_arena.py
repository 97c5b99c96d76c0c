"""The arena: 4 GiB, aligned, nothing accessible but what was asked for, guard zones on both sides."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fpcc.abi import abi

Check = Callable[..., list[str]]
PROT_READ, PROT_WRITE, PROT_EXEC = 1, 2, 4


@pytest.fixture(scope="session")
def check(host_program: Callable[[str], Path]) -> Check:
    program = host_program("tests/host/loader/check_arena")

    def run(case: str, *words: int) -> list[str]:
        done = subprocess.run(
            [str(program), case, *map(str, words)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return run


def number(name: str) -> int:
    return abi().number(f"FP_{name}")


def maps(*accessible: tuple[int, int, str]) -> list[str]:
    """The mappings of an arena in which only these are accessible, the guard zones around it included."""
    at, lines = -number("GUARD_ZONE"), []
    for start, end, rights in accessible:
        lines += [f"map {at} {start} ---", f"map {start} {end} {rights}"]
        at = end
    return [*lines, f"map {at} {number('ARENA_SIZE') + number('GUARD_ZONE')} ---"]


def test_a_new_arena_is_aligned_and_has_only_its_heap(check: Check) -> None:
    heap = number("HEAP_OFFSET")
    said = check("create", 5000)
    assert said == ["aligned 1 heap 8192", *maps((heap, heap + 8192, "rw-")), "destroyed"]


def test_a_heap_may_be_empty_or_fill_its_region_but_no_more(check: Check) -> None:
    heap, limit = number("HEAP_OFFSET"), number("HEAP_LIMIT")
    assert check("create", 0) == ["aligned 1 heap 0", *maps(), "destroyed"]
    assert check("create", limit - heap)[1:-1] == maps((heap, limit, "rw-"))
    assert check("create", limit - heap + 1) == [
        f"refused: heap of {limit - heap + 1} bytes: an arena has room for {limit - heap}"
    ]


def test_without_address_space_an_arena_says_so(check: Check) -> None:
    (said,) = check("limit", 1 << 32)
    assert said.startswith("refused: cannot reserve")
    assert "ulimit -v" in said


def test_a_mapping_is_page_rounded(check: Check) -> None:
    start = number("STACK_OFFSET")
    assert check("map", start + 100, 4000, PROT_READ) == maps((start, start + 8192, "r--"))


REGIONS = ("IMAGE", "HEAP", "STACK", "BATCH", "ARGS", "PACKETS", "STATE")


@pytest.mark.parametrize("region", REGIONS)
def test_a_mapping_stays_in_one_region(region: str, check: Check) -> None:
    start, limit = number(f"{region}_OFFSET"), number(f"{region}_LIMIT")
    last = limit - 4096
    assert check("map", last, 4096, PROT_READ) == maps((last, limit, "r--"))
    for offset, size in ((last, 4097), (start, limit - start + 1), (start, 2**64 - 1), (limit, 1)):
        said = check("map", offset, size, PROT_READ)
        if offset == limit and limit == number("BATCH_OFFSET"):
            continue  # stacks and batch slots adjoin; their slots keep the distance
        assert said[0].startswith("refused: mapping of ")
        assert "does not lie inside one region" in said[0]


@pytest.mark.parametrize(("offset", "size"), [(0, 1), (2**31, 1), (2**32, 1), (2**64 - 4096, 4096)])
def test_nothing_is_mapped_outside_the_regions(offset: int, size: int, check: Check) -> None:
    (said,) = check("map", offset, size, PROT_READ)
    assert "does not lie inside one region" in said


def test_a_mapping_has_bytes_and_is_never_executable(check: Check) -> None:
    heap = number("HEAP_OFFSET")
    assert check("map", heap, 0, PROT_READ) == [f"refused: mapping of 0 bytes at arena offset {heap:#x}"]
    (said,) = check("map", heap, 1, PROT_READ | PROT_EXEC)
    assert said.startswith(f"refused: executable mapping at arena offset {heap:#x}")


def test_a_shared_page_is_the_same_memory_in_two_arenas(check: Check) -> None:
    packets = number("PACKETS_OFFSET")
    assert check("share", packets, 4096) == ["read 77"]
    for offset, fd_offset in ((packets + 8, 0), (packets, 8)):
        (said,) = check("share", offset, fd_offset)
        assert "must be multiples of 4096" in said


@pytest.mark.parametrize("region", REGIONS)
def test_an_offset_is_named_by_its_region(region: str, check: Check) -> None:
    start, limit = number(f"{region}_OFFSET"), number(f"{region}_LIMIT")
    for offset in (start, start + 1, limit - 1):
        assert check("region", offset) == [f"{region.lower()} {start:#x}"]


def test_an_offset_between_regions_is_in_a_guard_zone(check: Check) -> None:
    assert check("region", 0) == ["guard zone 0x0"]
    assert check("region", number("IMAGE_LIMIT")) == [f"guard zone {number('IMAGE_LIMIT'):#x}"]
    assert check("region", number("ARENA_SIZE") - 1) == [f"guard zone {number('STATE_LIMIT'):#x}"]
    assert check("region", number("ARENA_SIZE")) == [f"outside the arena {number('ARENA_SIZE'):#x}"]
    assert check("region", 2**64 - 1) == [f"outside the arena {number('ARENA_SIZE'):#x}"]
