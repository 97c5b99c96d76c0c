"""The emulator that mutants run in sees every kind of escape, and lets sound modules be."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.verifier.assembled import imports_of, make_module
from tests.verifier.confined_machine import EscapeError
from tests.verifier.mutant_stock import MACSWAP, PROTECTIONS, SMALL, read_built
from tests.verifier.mutant_trial import run_module

ESCAPES = {
    "a store anywhere": ("movabsq $0x700000000000, %rax; movq %rdi, (%rax); ret", "writes 8 bytes"),
    "a load from anywhere": ("movabsq $0x700000000000, %rax; movq (%rax), %rax; ret", "reads 8 bytes"),
    "a store far below the arena": ("subq $0x60000000, %rdi; movq %rax, (%rdi); ret", "writes 8 bytes"),
    "gs and 64 bits": ("movabsq $0x200000000, %rax; movq %rdi, %gs:(%rax); ret", "writes 8 bytes"),
    "a check of one bound only": (
        "movabsq $0x100000000000, %rsi; .byte 0xf2, 0x0f, 0x1a, 0xde; movq %rdi, (%rsi); ret",
        "writes 8 bytes",
    ),
    "a thread's other data": ("movq %fs:0, %rax; ret", "reads 8 bytes"),
    "the stack's limit written": (
        "movq __fp_stack_limit@GOTTPOFF(%rip), %rcx; movq %rdi, %fs:(%rcx); ret",
        "writes 8 bytes",
    ),
    "the return address written": ("movq %rdi, (%rsp); ret", "writes 8 bytes"),
    "the caller's frame written": (
        "pushq %rax; callq f; popq %rcx; ret; f: movq %rdi, 8(%rsp); ret",
        "writes 8",
    ),
    "below the red zone": ("movq %rdi, -256(%rsp); ret", "writes 8 bytes"),
    "rsp not given back": ("pushq %rdi; ret", "returns to"),
    "a saved register not given back": ("notq %rbx; ret", "other callee-saved registers"),
    "a jump into an instruction": ("jmp 1f+1; 1: movl $0xc3909090, %eax; ret", "no instruction begins"),
    "a return to somewhere": ("movabsq $0x700000000000, %rax; pushq %rax; ret", "returns to"),
    "a jump into variables": ("jmp variable", "jumps to|no instruction begins"),
    "a call out with a frame": ("pushq %rdi; jmp fp_now@PLT", "calls out with rsp"),
    "the host's code read": (
        "movq fp_now@GOTPCREL(%rip), %rax; movb (%rax), %al; jmp fp_now@PLT",
        "reads 1 bytes",
    ),
}


@pytest.mark.parametrize("name", ESCAPES)
def test_an_escape_is_seen(name: str) -> None:
    code, message = ESCAPES[name]
    module = make_module(code, **imports_of(code))
    with pytest.raises(EscapeError, match=message):
        run_module(module, "rw", random.Random(0), 3)


@pytest.mark.parametrize("address", ["0x100000000000", "0x700000000000"])
def test_a_check_of_both_bounds_stops_what_is_outside(address: str) -> None:
    check = ".byte 0xf3, 0x0f, 0x1a, 0xde, 0xf2, 0x0f, 0x1a, 0xde"
    module = make_module(f"movabsq ${address}, %rsi; {check}; movq %rdi, (%rsi); ret", lowering="mpx")
    assert set(run_module(module, "rw", random.Random(0), 3)) == {"fault"}


def test_reads_are_free_in_wonly() -> None:
    module = make_module("movabsq $0x700000000000, %rax; movq (%rax), %rax; ret", mode="wonly")
    assert set(run_module(module, "wonly", random.Random(0), 3)) == {"fault"}


@pytest.mark.parametrize(("mode", "lowering"), PROTECTIONS)
@pytest.mark.parametrize("source", [SMALL, MACSWAP], ids=lambda path: path.stem)
def test_sound_modules_stay_inside(source: Path, mode: str, lowering: str) -> None:
    module = read_built(source, mode, lowering).module
    ends = [end for seed in range(5) for end in run_module(module, mode, random.Random(seed), 3)]
    assert "returned" in ends and "unknown instruction" not in ends
