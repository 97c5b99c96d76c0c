"""The traps fpcc plants are told from everything else, byte by byte."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from elftools.elf.elffile import ELFFile
from hypothesis import given
from hypothesis import strategies as st

from fpcc.toolchain import run_tool, zig_program

Decode = Callable[[list[bytes]], list[str]]

REGISTERS = "rax rcx rdx rbx rsp rbp rsi rdi r8 r9 r10 r11 r12 r13 r14 r15".split()
NUMBERS = [0, 1, 127, 128, 255, 256, 0x12345678, 0x7FFFFFFF]


@pytest.fixture(scope="module")
def decode(sanitized_program: Callable[[str], Path]) -> Decode:
    """What check_trap says about each instruction."""
    program = sanitized_program("tests/host/run/check_trap")

    def run(codes: list[bytes]) -> list[str]:
        text = "".join(f"{code.hex()}\n" for code in codes)
        done = subprocess.run([program], input=text, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return run


def assemble(lines: list[str], directory: Path) -> list[bytes]:
    """The machine code of each line, by clang."""
    source, output = directory / "traps.s", directory / "traps.o"
    source.write_text("".join(f".balign 16, 0xcc\n{line}\n" for line in lines) + ".balign 16, 0xcc\n")
    run_tool([zig_program(), "clang", "-target", "x86_64-linux-musl", "-c", source, "-o", output])
    with output.open("rb") as file:
        section = ELFFile(file).get_section_by_name(".text")
        assert section
        data = section.data()
    return [data[16 * i : 16 * i + 16] for i in range(len(lines))]


def test_every_register_and_number_is_read_back(decode: Decode, tmp_path: Path) -> None:
    cases = [(register, number) for register in range(16) for number in NUMBERS]
    lines = [f"ud1q {number}(%{REGISTERS[register]}), %{REGISTERS[register]}" for register, number in cases]
    expected = [f"guard {number} {register}" for register, number in cases]
    assert decode(assemble(lines, tmp_path)) == expected


def test_kinds_and_ud2(decode: Decode, tmp_path: Path) -> None:
    lines = [f"ud1l {kind}(%eax), %eax" for kind in (0, 1, 2, 3, 4, 22, 200)]
    expected = [f"kind {kind}" for kind in (0, 1, 2, 3, 4, 22, 200)]
    assert decode(assemble([*lines, "ud2"], tmp_path)) == [*expected, "ud2"]


def test_checks_of_bounds(decode: Decode) -> None:
    cases = [
        (half, bounds, register) for half in (0xF3, 0xF2) for bounds in range(4) for register in range(16)
    ]
    codes = [encode_check(*case) for case in cases]
    assert decode(codes) == [f"check {register}" for _, _, register in cases]
    assert decode([code[:-1] for code in codes]) == ["other"] * len(codes)


def test_what_is_no_check_of_ours(decode: Decode) -> None:
    whole = encode_check(0xF3, 3, 6)
    memory, made, bounds_4, wide, moved = "f30f1a1e f30f1bc0 f30f1ae6 f3480f1ade 660f1ac1".split()
    others = [
        *map(bytes.fromhex, (memory, made, bounds_4, wide, moved)),
        b"\xf3" + whole,
        b"\xf3\x90\x90\x90",
    ]
    assert decode(others) == ["other"] * len(others)


def test_entries_of_bounds_tables(decode: Decode) -> None:
    found = "0f1a140a90 0f1b140a90 410f1a143a90 470f1b543a0890".split()
    others = "0f1a1290 0f1ad090 660f1a140a f20f1a140a 0f1c140a90 0f1b".split()
    expected = ["entry"] * len(found) + ["other"] * len(others)
    assert decode([bytes.fromhex(code) for code in found + others]) == expected


def encode_check(half: int, bounds: int, register: int) -> bytes:
    """bndcl (half F3) or bndcu (F2) of a register."""
    extended = [0x41] if register >= 8 else []
    return bytes([half, *extended, 0x0F, 0x1A, 0xC0 | bounds << 3 | register % 8])


def test_others_are_not_ours(decode: Decode, tmp_path: Path) -> None:
    lines = [
        "ud1q 5(%rax), %rcx",
        "ud1q 5(%rax), %r8",
        "ud1q 5(%r8), %rax",
        "ud1q %rax, %rax",
        "ud1l 5(%rax), %eax",
        "ud1q 5(%eax), %rax",
        "ud1q 5(%rax,%rax), %rax",
        "ud1q 5(%rip), %rbp",
        "ud1l 5(%ecx), %ecx",
        "nop",
        "int3",
    ]
    assert decode(assemble(lines, tmp_path)) == ["other"] * len(lines)


def test_cut_instructions_are_not_read_past_their_end(decode: Decode, tmp_path: Path) -> None:
    (whole,) = assemble(["ud1q 0x12345678(%r12), %r12"], tmp_path)
    assert decode([whole[:length] for length in range(1, 10)]) == ["other"] * 8 + ["guard 305419896 12"]


def encode(register: int, number: int) -> set[bytes]:
    """All encodings of a guard trap: without displacement, with one byte, with four."""
    code = bytes([0x4D if register >= 8 else 0x48, 0x0F, 0xB9])
    low = register % 8
    sib = b"\x24" if low == 4 else b""
    forms = {code + bytes([0x80 | low * 9]) + sib + number.to_bytes(4, "little", signed=True)}
    if -128 <= number < 128:
        forms.add(code + bytes([0x40 | low * 9]) + sib + number.to_bytes(1, "little", signed=True))
    if number == 0 and low != 5:
        forms.add(code + bytes([low * 9]) + sib)
    return forms


@given(st.lists(st.tuples(st.sampled_from([0x48, 0x4D, 0x4C, 0x49]), st.binary(min_size=6, max_size=6))))
def test_what_is_taken_for_a_guard_is_one(decode: Decode, tails: list[tuple[int, bytes]]) -> None:
    codes = [bytes([prefix, 0x0F, 0xB9]) + tail for prefix, tail in tails]
    for code, said in zip(codes, decode(codes), strict=True):
        form, *numbers = said.split()
        if form == "guard":
            assert any(code.startswith(form) for form in encode(int(numbers[1]), int(numbers[0])))


@given(st.lists(st.tuples(st.integers(0, 15), st.integers(-(2**31), 2**31 - 1) | st.integers(-129, 128))))
def test_every_encoding_is_taken_for_a_guard(decode: Decode, guards: list[tuple[int, int]]) -> None:
    codes = [(code, guard) for guard in guards for code in encode(*guard)]
    expected = [f"guard {number} {register}" for _, (register, number) in codes]
    assert decode([code for code, _ in codes]) == expected
