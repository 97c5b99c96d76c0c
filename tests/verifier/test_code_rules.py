"""Each rule on code: what it lets pass, and what it is there to refuse."""

from __future__ import annotations

import pytest

from fpcc.verifier.verify import verify_module
from tests.verifier.assembled import imports_of, make_module

POINTER = "movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx"
LIMIT = "movq __fp_stack_limit@GOTTPOFF(%rip), %rcx"

PASSES = {
    "nothing": "ret",
    "gs and a 32-bit address": "movq %gs:8(%edi), %rax; movq %rax, %gs:(%edi,%eax,8); ret",
    "own variables": "incq variable(%rip); movq constant(%rip), %rax; ret",
    "the module stack pointer": f"{POINTER}; movq %fs:(%rcx), %rax; movq %rax, %fs:(%rcx); ret",
    "the module stack limit": f"{LIMIT}; cmpq %fs:(%rcx), %rdi; ret",
    "a frame": "pushq %rbx; subq $64, %rsp; movq %rdi, 8(%rsp); movq 8(%rsp), %rax; addq $64, %rsp; "
    "popq %rbx; ret",
    "a frame pointer": "pushq %rbp; movq %rsp, %rbp; subq $32, %rsp; movq %rdi, -8(%rbp); movq %rbp, %rsp; "
    "popq %rbp; ret",
    "a rounded frame": "pushq %rbp; movq %rsp, %rbp; andq $-32, %rsp; subq $64, %rsp; "
    "vxorps %ymm0, %ymm0, %ymm0; "
    "vmovaps %ymm0, 32(%rsp); vmovaps 32(%rsp), %ymm1; movq %rbp, %rsp; popq %rbp; ret",
    "the red zone": "movq %rdi, -8(%rsp); movq -8(%rsp), %rax; ret",
    "saved and restored by moves": "movq %rbx, -8(%rsp); movq %rdi, %rbx; movq -8(%rsp), %rbx; ret",
    "a loop": "xorl %eax, %eax; 1: incl %eax; cmpl $9, %eax; jne 1b; ret",
    "calls": "pushq %rax; callq f; popq %rcx; ret; f: movl $1, %eax; ret",
    "a call out": "pushq %rbx; movq %rdi, %rbx; callq fp_now@PLT; movq %rax, %gs:(%ebx); popq %rbx; ret",
    "a tail call": "jmp f; g: callq f; ret; f: xorl %eax, %eax; ret",
    "two tail calls of one function": "testq %rdi, %rdi; je f; pushq %rbx; callq g; popq %rbx; ret; "
    "g: jmp f; "
    ".balign 16; f: xorl %eax, %eax; ret",
    "a tail call out": "jmp fp_now@PLT",
    "arguments on the stack": "subq $24, %rsp; movq $1, (%rsp); callq f; addq $24, %rsp; ret; "
    "f: movq 8(%rsp), %rax; ret",
    "traps end a path": "ud1l 1(%eax), %eax",
    "low bytes of what was left": "pushq %rax; callq fp_now@PLT; movw $9, %di; subl $1, %edi; "
    "movw %di, variable(%rip); "
    "popq %rcx; ret",
    "a double in a register nobody wrote": "vcvtsi2sdq %rdi, %xmm5, %xmm5; vmulsd %xmm5, %xmm5, %xmm6; "
    "vmovsd %xmm6, variable(%rip); ret",
    "vectors made from nothing": "vpxor %xmm1, %xmm1, %xmm1; vmovdqu %ymm1, variable(%rip); ret",
    "a vector passed and returned": "pushq %rax; movd %edi, %xmm0; callq f; "
    "movups %xmm0, variable(%rip); popq %rcx; "
    "ret; f: paddd %xmm0, %xmm0; ret",
    "a vector nobody wrote, spilled and back": "movups %xmm3, -24(%rsp); movups -24(%rsp), %xmm3; ret",
    "counting down around calls": "pushq %rbx; movl $9, %ebx; 1: callq fp_now@PLT; decl %ebx; jne 1b; "
    "popq %rbx; ret",
    "a float masked": "cvtsi2ssq %rdi, %xmm5; movups variable(%rip), %xmm1; andps %xmm1, %xmm5; "
    "movss %xmm5, variable(%rip); ret",
    "prefetching anything": "prefetcht0 (%rdi); ret",
}

REFUSED = {
    "instruction": {
        "a system call": "syscall; ret",
        "a string store": "rep stosb; ret",
        "writing gs": "wrgsbase %rdi; ret",
        "the direction flag": "std; ret",
        "loading mxcsr": "ldmxcsr variable(%rip); ret",
        "an indirect call": "callq *%rax; ret",
        "a bit number far away": "lock btsq %rax, variable(%rip); ret",
        "gathering": "vpgatherdd %xmm0, (%rdi,%xmm1,4), %xmm2; ret",
    },
    "branch": {
        "into an instruction": "jmp 1f+1; 1: movl $0x90909090, %eax; ret",
        "out of text": "jmp variable",
        "through a variable": "jmpq *variable(%rip)",
        "a call into an instruction": "callq 1f+1; ret; 1: movl $0x90909090, %eax; ret",
    },
    "stack": {
        "off the end of a function": "jmp g; f: nop; g: callq f; ret",
        "returning with a word left": "pushq %rdi; ret",
        "a saved register lost": "xorl %ebx, %ebx; ret",
        "a saved register swapped": "pushq %rbx; pushq %rbp; popq %rbx; popq %rbp; ret",
        "a saved register's slot overwritten": "pushq %rbx; movl $1, 4(%rsp); popq %rbx; ret",
        "saved on one path only": "testq %rdi, %rdi; je 1f; movq %rbx, -8(%rsp); 1: xorl %ebx, %ebx; "
        "movq -8(%rsp), %rbx; ret",
        "rsp from memory": "movq variable(%rip), %rsp; ret",
        "rsp popped": "pushq %rdi; popq %rsp; ret",
        "popped over the return address": "pushq %rdi; popq (%rsp); ret",
        "half of rsp": "movl %esp, %esp; ret",
        "rsp moved by a register": "subq %rdi, %rsp; addq %rdi, %rsp; ret",
        "paths with different frames": "testq %rdi, %rdi; je 1f; pushq %rdi; 1: ret",
        "a frame over the guard page": "subq $0x10000, %rsp; addq $0x10000, %rsp; ret",
        "a loop of pushes": "1: pushq %rdi; jmp 1b",
        "returning from a rounded frame": "andq $-32, %rsp; ret",
        "rsp raised": "addq $8, %rsp; pushq %rdi; ret",
        "a tail call with a frame": "pushq %rdi; jmp f; g: callq f; ret; f: ret",
        "a tail call out with a frame": "pushq %rdi; jmp fp_now@PLT",
    },
    "memory": {
        "any address": "movq %rdi, (%rdi); ret",
        "gs and a 64-bit address": "movq %rdi, %gs:(%rdi); ret",
        "a 32-bit address without gs": "movq %rdi, (%edi); ret",
        "fs and anything": "movq %rdi, %fs:(%rdi); ret",
        "fs and a constant": "movq %fs:0, %rax; ret",
        "the limit written": f"{LIMIT}; movq %rdi, %fs:(%rcx); ret",
        "beside the host's variable": f"{POINTER}; movq %rdi, %fs:8(%rcx); ret",
        "too much of the host's variable": f"{POINTER}; movups %fs:(%rcx), %xmm0; ret",
        "an offset that was changed": f"{POINTER}; addq $8, %rcx; movq %rdi, %fs:(%rcx); ret",
        "an offset on one path only": f"xorl %ecx, %ecx; testq %rdi, %rdi; je 1f; {POINTER}; "
        f"1: movq %rdi, %fs:(%rcx); ret",
        "a constant written": "movq %rdi, constant(%rip); ret",
        "past the image": "movq %rdi, variable+0x100000(%rip); ret",
        "the return address": "movq %rdi, (%rsp); ret",
        "above the return address": "movq %rdi, 16(%rsp); ret",
        "a write that reaches the return address": "movups %xmm0, -8(%rsp); ret",
        "below the red zone": "movq %rdi, -136(%rsp); ret",
        "the stack by an index": "movq %rdi, -64(%rsp,%rdi,8); ret",
        "an address that went around": "pushq %rbp; movq %rsp, %rbp; andq $-32, %rsp; movq %rsp, %rax; "
        + "leaq -0x7ffffff8(%rbp), %rbp;" * 512
        + "movq %rdi, (%rbp); ret",
        "atomics": "lock xaddq %rax, (%rdi); ret",
        "a masked store": "vpmaskmovd %xmm0, %xmm1, (%rdi); ret",
        "popped into memory": "pushq %rdi; popq (%rdi); ret",
        "a frame that was not written": "movq -8(%rsp), %rax; ret",
        "a frame written on one path only": "testq %rdi, %rdi; je 1f; movq %rdi, -8(%rsp); "
        "1: movq -8(%rsp), %rax; ret",
        "a frame after a call": "movq %rdi, -8(%rsp); callq f; movq -8(%rsp), %rax; ret; f: ret",
        "what the host left": "callq fp_now@PLT; movq %rcx, variable(%rip); ret",
        "what the host left, through an own function": "callq f; movq %rdx, variable(%rip); ret; "
        "f: callq fp_now@PLT; ret",
        "what the host left, passed on": "callq fp_now@PLT; callq f; ret; f: movq %rsi, variable(%rip); ret",
        "what the host left on entry": "movq %rsi, variable(%rip); ret",
        "a callee-saved register of the host": "movq %rbx, variable(%rip); ret",
        "the same, from its slot": "pushq %rbx; movl (%rsp), %eax; popq %rbx; ret",
        "upper bytes of what was left": "callq fp_now@PLT; movb $1, %cl; movl %ecx, variable(%rip); ret",
        "multiplied with what was left": "imulq %rdi; movq %rax, variable(%rip); ret",
        "a vector of the host": "callq fp_now@PLT; movups %xmm0, variable(%rip); ret",
        "a vector of whoever ran before": "movups %xmm3, variable(%rip); ret",
        "a vector through the frame": "movups %xmm3, -24(%rsp); movq -24(%rsp), %rax; "
        "movq %rax, variable(%rip); ret",
        "the upper half of a vector": "cvtsi2sdq %rdi, %xmm5; movups %xmm5, variable(%rip); ret",
        "a sum with a vector nobody wrote": "vpxor %xmm1, %xmm1, %xmm1; vpaddd %xmm1, %xmm2, %xmm3; "
        "vmovd %xmm3, %eax; ret",
        "upper bits shifted down": "cvtsi2ssq %rdi, %xmm5; psrlq $32, %xmm5; movd %xmm5, %eax; ret",
        "a maximum with half a vector": "movups variable(%rip), %xmm1; cvtsi2sdq %rdi, %xmm5; "
        "pmaxsd %xmm5, %xmm1; "
        "movups %xmm1, variable(%rip); ret",
        "a choice by a vector nobody wrote": "movups variable(%rip), %xmm1; pblendvb %xmm0, %xmm1, %xmm1; "
        "movups %xmm1, variable(%rip); ret",
        "elements by a vector nobody wrote": "vmovups variable(%rip), %xmm1; "
        "vpermilps %xmm5, %xmm1, %xmm1; "
        "vmovups %xmm1, variable(%rip); ret",
        "a test of a vector nobody wrote": "ptest %xmm2, %xmm2; je 1f; nop; 1: ret",
        "a vector after an own function": "callq f; movups %xmm2, variable(%rip); ret; f: ret",
        "the carry from before a call": "callq fp_now@PLT; decl %eax; jb 1f; nop; 1: ret",
        "flags of what was left": "callq fp_now@PLT; cmpq $1, %rcx; je 1f; nop; 1: ret",
        "arguments nobody passed": "callq f; ret; f: movq 8(%rsp), %rax; ret",
        "arguments of the host": "movq 8(%rsp), %rax; ret",
    },
}
CASES = [(rule, name) for rule, cases in REFUSED.items() for name in cases]


@pytest.mark.parametrize("name", PASSES)
def test_sound_code_passes(name: str) -> None:
    code = PASSES[name]
    verdict = verify_module(make_module(code, **imports_of(code)))
    assert not verdict.violations


@pytest.mark.parametrize(("rule", "name"), CASES)
def test_unsound_code_is_refused_by_its_rule(rule: str, name: str) -> None:
    code = REFUSED[rule][name]
    verdict = verify_module(make_module(code, **imports_of(code)))
    assert rule in {violation.rule for violation in verdict.violations}


def test_reads_are_not_confined_in_wonly() -> None:
    code = "movq (%rdi), %rax; movq 64(%rsp), %rax; movq %rsi, variable(%rip); ret"
    assert not verify_module(make_module(code, mode="wonly")).violations
    for mode in ("rw", "pointer"):
        assert verify_module(make_module(code, mode=mode)).violations


def test_an_unguarded_access_in_compare_breaks_the_guard_rule() -> None:
    verdict = verify_module(make_module("movq %rsi, (%rax); ret", mode="wonly", lowering="compare"))
    assert [violation.rule for violation in verdict.violations] == ["guard"]


def test_mode_none_promises_nothing() -> None:
    verdict = verify_module(make_module("ret", mode="none", lowering="none"))
    assert [violation.rule for violation in verdict.violations] == ["file"]
