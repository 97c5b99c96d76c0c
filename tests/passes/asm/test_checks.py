"""Stand-ins of checks become bndcl and bndcu on the same registers, and are listed; nothing else changes."""

from __future__ import annotations

import io
import struct

import pytest
from elftools.elf.elffile import ELFFile

from fpcc.check_table import find_guard
from fpcc.module_link import assemble
from fpcc.verifier.decoder import decode_at
from fpcc.verifier.model import Bound, Reg
from passes.asm.checks import CHECKS_SECTION, encode_checks, write_check

REGISTERS = "rax rcx rdx rbx rsp rbp rsi rdi r8 r9 r10 r11 r12 r13 r14 r15".split()


def as_printed(root: str, bounds: int, guard: int) -> str:
    """As LLVM prints it in generated code."""
    return "\t" + write_check(f"%{root}", bounds, str(guard) if guard else "").replace(" ", "\t", 1)


def read_text(assembly: str) -> bytes:
    section = ELFFile(io.BytesIO(assemble(assembly))).get_section_by_name(".text")
    return bytes(section.data())


@pytest.mark.parametrize("bounds", range(4))
@pytest.mark.parametrize("number", range(16))
def test_a_check_is_both_instructions_on_the_same_registers(number: int, bounds: int) -> None:
    text = read_text(encode_checks(as_printed(REGISTERS[number], bounds, 7) + "\n"))
    lower = decode_at(text, 0, 0)
    upper = decode_at(text, lower.size, lower.size)
    assert [lower.mnemonic, upper.mnemonic] == ["bndcl", "bndcu"]
    assert lower.operands == upper.operands == (Bound(bounds), Reg(number, 64))
    assert lower.size + upper.size == len(text)


def test_the_table_names_guards_by_address() -> None:
    code = f"{as_printed('rsi', 3, 5)}\n\tnop\n{as_printed('r9', 0, 0)}\n{as_printed('rax', 1, 5)}\n"
    entries = list(_table(encode_checks(code)))
    assert entries == [(".Lfp_check0", 5), (".Lfp_check1", 0), (".Lfp_check2", 5)]


def _table(assembly: str) -> list[tuple[str, int]]:
    words = assembly[assembly.index(CHECKS_SECTION) :].split()
    quads = [word for before, word in zip(words, words[1:], strict=False) if before == ".quad"]
    longs = [int(word) for before, word in zip(words, words[1:], strict=False) if before == ".long"]
    return list(zip(quads, longs, strict=True))


@pytest.mark.parametrize(
    "line",
    [
        "\tud1l\t2(%eax), %eax",  # the trap of another kind
        "\tud1q\t2(%rax), %rax",  # the trap of a compare guard
        "\tud1l\t2(%rax,%rcx), %eax",
        "\tud1l\t-2(%rax), %eax",
        "\tud1l\t2(%rax), %esi",
        '\t.ascii\t"ud1l\t2(%rax), %eax"',
        "\tmovl\t2(%rax), %eax",
    ],
)
def test_what_is_no_stand_in_stays(line: str) -> None:
    """If one were overlooked, it would stay a trap."""
    assert encode_checks(f"{line}\n") == f"{line}\n"


def test_guards_are_found_within_their_checks_only() -> None:
    table = struct.pack("<QIQI", 0x11000, 3, 0x11010, 0)
    found = {
        at: find_guard(table, at) for at in (0x10FFF, 0x11000, 0x11005, 0x1100A, 0x11010, 0x11014, 0x1101A)
    }
    assert found == {
        0x10FFF: None,
        0x11000: 3,
        0x11005: 3,
        0x1100A: None,
        0x11010: 0,
        0x11014: 0,
        0x1101A: None,
    }


@pytest.mark.parametrize("table", [b"", b"\0", b"\xff" * 11, b"\xff" * 25])
def test_a_damaged_table_names_nothing(table: bytes) -> None:
    assert find_guard(table, 0x11000) is None
