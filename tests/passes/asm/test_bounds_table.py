"""Stand-ins of the bounds table become the instructions of MPX: as GNU as and the verifier have them."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from fpcc.verifier.decoder import decode_at
from fpcc.verifier.model import Bound, Instruction, Mem, Reg
from passes.asm.bounds_table import LOAD_ENTRY, STORE_ENTRY, TABLE_CALLEES, encode_table
from tests.passes.asm.test_checks import REGISTERS, read_text

BOUNDS = 2
INDICES = [name for name in REGISTERS if name != "rsp"]
PAIRS: list[tuple[str, ...]] = list(itertools.product(REGISTERS, INDICES))
ALL: list[tuple[str, ...]] = [(name,) for name in REGISTERS]
# What stands for each, and what GNU as calls it.
WITH_INDEX = {
    "%ax": ("bndldx", "bndldx (%{},%{}), %bnd2"),
    "%bx": ("bndstx", "bndstx %bnd2, (%{},%{})"),
    "%dx": ("bndmk", "bndmk (%{},%{}), %bnd2"),
}
ALONE = {"%cx": ("bndmov", "bndmov %bnd2, (%{})")}


def encode(stand_in: str, choices: Iterable[tuple[str, ...]]) -> Iterator[tuple[Instruction, bytes]]:
    """For each choice of registers the instruction and the bytes between it and the next."""
    addresses = (",".join(f"%{name}" for name in names) for names in choices)
    code = "".join(f"\tud1w\t({address}), {stand_in}\n\tint3\n" for address in addresses)
    text, at = read_text(encode_table(code, BOUNDS)), 0
    while at < len(text):
        instruction = decode_at(text, at, at)
        after = text.index(b"\xcc", instruction.end)
        yield instruction, text[instruction.end : after]
        at = after + 1


def numbers(*names: str) -> tuple[int, ...]:
    return tuple(REGISTERS.index(name) for name in names)


@pytest.mark.parametrize("stand_in", ["%ax", "%bx"])
def test_an_entry_is_found_by_slot_and_pointer(stand_in: str) -> None:
    for (instruction, padding), names in zip(encode(stand_in, PAIRS), PAIRS, strict=True):
        slot, word = numbers(*names)
        assert instruction.mnemonic == WITH_INDEX[stand_in][0]
        assert set(instruction.operands) == {Bound(BOUNDS), Mem(slot, -1, 1, 0, "", False, 8), Reg(word, 64)}
        assert padding == b"\x90" * (1 + (names[0] in ("rbp", "r13")))


def test_bounds_are_made_of_their_halves() -> None:
    for (instruction, _), names in zip(encode("%dx", PAIRS), PAIRS, strict=True):
        assert instruction.mnemonic == "bndmk"
        assert instruction.operands == (Bound(BOUNDS), Mem(*numbers(*names), 1, 0, "", False, 0))


def test_bounds_are_moved_to_a_place() -> None:
    for (instruction, padding), base in zip(encode("%cx", ALL), REGISTERS, strict=True):
        assert instruction.mnemonic == "bndmov"
        assert instruction.operands == (Mem(*numbers(base), -1, 1, 0, "", False, 16), Bound(BOUNDS))
        assert padding == b"\x90" * (base in ("rsp", "rbp", "r12", "r13"))


def test_gnu_as_encodes_the_same(tmp_path: Path) -> None:
    if shutil.which("as") is None or shutil.which("objcopy") is None:
        pytest.skip("no GNU as (Debian: apt-get install binutils)")
    wanted = [(stand_in, text, PAIRS) for stand_in, (_, text) in WITH_INDEX.items()]
    wanted += [(stand_in, text, ALL) for stand_in, (_, text) in ALONE.items()]
    ours = [i.bytes for stand_in, _, choices in wanted for i, _ in encode(stand_in, choices)]
    (tmp_path / "all.s").write_text(
        "".join(f"{text.format(*names)}\n" for _, text, choices in wanted for names in choices)
    )
    subprocess.run(["as", "-o", tmp_path / "all.o", tmp_path / "all.s"], check=True)
    subprocess.run(
        ["objcopy", "-O", "binary", "-j", ".text", tmp_path / "all.o", tmp_path / "all.bin"], check=True
    )
    assert (tmp_path / "all.bin").read_bytes() == b"".join(ours)


def test_both_inline_assemblies_are_known_by_their_accesses() -> None:
    shown = [text.replace('", "', '" , "') for text in (LOAD_ENTRY, STORE_ENTRY)]
    assert list(TABLE_CALLEES) == shown
    assert all(accesses[0][0] == 0 for accesses in TABLE_CALLEES.values()), "the slot is confined"


@pytest.mark.parametrize(
    "line",
    [
        "\tud1w\t(%eax), %cx",
        "\tud1w\t8(%rax), %cx",
        "\tud1w\t(%rax,%rcx,2), %ax",
        "\tud1l\t(%rax), %eax",
        "\tud1w\t(%rax), %si",
        '\t.asciz\t"\tud1w\t(%rax), %cx"',
    ],
)
def test_nothing_else_is_replaced(line: str) -> None:
    assert encode_table(f"{line}\n", BOUNDS) == f"{line}\n"
