"""Operands that touch memory become gs-relative with 32-bit addresses; unknown forms end the build."""

from __future__ import annotations

import pytest

from passes.asm.confine import RefusedInstruction, confine_operands

WRITES = frozenset({"write", "update"})
ALL = WRITES | {"read"}

CONFINED = [
    # statement, kinds, what becomes of it
    ("movq\t%rax, 8(%rdi,%rcx,4)", WRITES, "movq\t%rax, %gs:8(%edi,%ecx,4)"),
    ("movq\t8(%rdi), %rax", WRITES, None),
    ("movq\t8(%rdi), %rax", ALL, "movq\t%gs:8(%edi), %rax"),
    ("movl\t%eax, (%r8)", WRITES, "movl\t%eax, %gs:(%r8d)"),
    ("movl\t%eax, (,%r15,8)", WRITES, "movl\t%eax, %gs:(,%r15d,8)"),
    ("movl\t%eax, -4(%rbp)", WRITES, "movl\t%eax, %gs:-4(%ebp)"),
    ("movb\t$0, 0", WRITES, "movb\t$0, %gs:0(,%eiz,1)"),
    ("movabsq\t%rax, 81985529216486895", WRITES, "movq\t%rax, %gs:-1985229329(,%eiz,1)"),
    ("movabsq\t81985529216486895, %rax", WRITES, "movq\t%gs:-1985229329(,%eiz,1), %rax"),
    ("movabsq\t$81985529216486895, %rax", ALL, None),
    ("addq\t(%rdi), %rax", WRITES, None),
    ("addq\t%rax, (%rdi)", WRITES, "addq\t%rax, %gs:(%edi)"),
    ("cmpq\t$1, (%rdi)", WRITES, None),
    ("cmpq\t$1, (%rdi)", ALL, "cmpq\t$1, %gs:(%edi)"),
    ("lock\t\txaddq\t%rax, (%rdi)", WRITES, "\tlock\t\txaddq\t%rax, %gs:(%edi)"),
    ("xchgq\t%rax, (%rdi)", WRITES, "xchgq\t%rax, %gs:(%edi)"),
    ("pushq\t(%rdi)", ALL, "pushq\t%gs:(%edi)"),
    ("popq\t(%rdi)", WRITES, "popq\t%gs:(%edi)"),
    ("mulxq\t(%rdi), %rax, %rcx", ALL, "mulxq\t%gs:(%edi), %rax, %rcx"),
    ("vmovups\t%ymm0, 32(%rdi)", WRITES, "vmovups\t%ymm0, %gs:32(%edi)"),
    ("vpmaskmovd\t%ymm0, %ymm1, (%rdi)", WRITES, "vpmaskmovd\t%ymm0, %ymm1, %gs:(%edi)"),
    ("setne\t(%rdi)", WRITES, "setne\t%gs:(%edi)"),
    # What no value of the module leads to is left for the verifier.
    ("movq\t%rax, 8(%rsp)", ALL, None),
    ("movq\ttable(%rip), %rax", ALL, None),
    ("movq\t%fs:(%rax), %rcx", ALL, None),
    ("leaq\t8(%rdi,%rsi), %rax", ALL, None),
    ("leaq\t-8(%rsp), %rsp", ALL, None),
    ("ud1l\t2(%eax), %eax", ALL, None),
    ("callq\tfp_log@PLT", ALL, None),
    ("jne\t.LBB0_1", ALL, None),
    ("prefetcht0\t(%rdi)", ALL, None),
]
REFUSED = [
    ("syscall", "not on the list"),
    ("rep\t\tmovsq", "prefix"),
    ("stosb", "not on the list"),
    ("fldt\t(%rdi)", "not on the list"),
    ("wrgsbase\t%rax", "not on the list"),
    ("vpgatherdd\t%ymm0, (%rdi,%ymm1,4), %ymm2", "not on the list"),
    ("callq\t*%rax", "anything but a name"),
    ("callq\t*8(%rax)", "anything but a name"),
    ("jmpq\t*.LJTI0_0(,%rax,8)", "not on the list"),
    ("jmp\t*%rax", "anything but a name"),
    ("movq\t%rax, (%rsp,%rcx,8)", "computed at run time"),
    ("movq\t%rax, (%rcx,%rsp,8)", "computed at run time"),
    ("leaq\t8(%rsp), %rax", "address of a place on the native stack"),
    ("movq\t%rax, %gs:(%rdi)", "cannot be confined"),
    ("movq\t%rax, table", "symbol's absolute address"),
    ("movl\t%eax, (%edi)", "cannot be confined"),
    ("movq\t%rax, 8(%rip,%rcx)", "cannot be confined"),
    ("btsq\t%rax, %rcx, (%rdi), %rdx", "`btsq` with"),
    ("movq\t%st(0), %rax", "no register"),
    ("bzhiq\t%rax, %rcx, (%rdi)", "`bzhiq` with"),
    ("movq %rax, (%rdi)", "no statement"),
]


@pytest.mark.parametrize(("statement", "kinds", "expected"), CONFINED)
def test_operands_are_confined(statement: str, kinds: frozenset[str], expected: str | None) -> None:
    line = f"\t{statement}"
    wanted = line if expected is None else f"\t{expected.removeprefix(chr(9))}"
    assert confine_operands(line, kinds) == wanted


@pytest.mark.parametrize(("statement", "reason"), REFUSED)
def test_what_is_not_known_is_refused(statement: str, reason: str) -> None:
    assembly = f'\t.file\t1 "." "nf.c"\n\t.type\tf,@function\nf:\n\t.loc\t1 12 3\n\t{statement}\n'
    with pytest.raises(RefusedInstruction, match=reason) as caught:
        confine_operands(assembly, WRITES)
    place = caught.value.location
    assert (caught.value.function, place.file, place.line, place.column) == ("f", "nf.c", 12, 3)
    assert caught.value.instruction == " ".join(statement.split())


def test_everything_but_instructions_stays() -> None:
    assembly = 'f:\n"odd name":\n\t.asciz\t"movq %rax, (%rdi)"\n\t#APP\n.Ltmp0:\n\n\tretq\n'
    assert confine_operands(assembly, ALL) == assembly


def test_loops_begin_with_a_cache_line_and_data_does_not() -> None:
    assembly = "\t.p2align\t4\n.LBB0_1:\n\tretq\n\t.p2align\t4, 0x0\n"
    assert confine_operands(assembly, ALL) == "\t.p2align\t6\n.LBB0_1:\n\tretq\n\t.p2align\t4, 0x0\n"
