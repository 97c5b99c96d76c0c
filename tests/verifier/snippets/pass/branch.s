# Control that goes only to instructions.
#! wonly rw segment compare

#: branches forward and back, short and long
    xorl %eax, %eax
1:  incl %eax
    cmpl $9, %eax
    jne 1b
    .byte 0x0f, 0x84, 0x00, 0x00, 0x00, 0x00
    .byte 0xe9, 0x00, 0x00, 0x00, 0x00
    ret

#: calls of the module's own functions and of imports
    pushq %rax
    callq f
    callq fp_now@PLT
    popq %rcx
    ret
f:  xorl %eax, %eax
    ret

#: tail calls
    jmp f
    callq g
    ret
f:  jmp g
g:  jmp fp_now@PLT

#: a conditional tail call
    testq %rdi, %rdi
    je f
    xorl %eax, %eax
    ret
    callq f
    ret
f:  movl $1, %eax
    ret

#: recursion
    testq %rdi, %rdi
    je 1f
    pushq %rax
    decq %rdi
    callq f
    popq %rcx
1:  ret
f:  testq %rdi, %rdi
    je 1f
    pushq %rax
    decq %rdi
    callq f
    popq %rcx
1:  ret

#: a stub of its own
    pushq %rax
    callq stub
    popq %rcx
    ret
stub:
    jmpq *fp_now@GOTPCREL(%rip)

#: code that nothing leads to
    ret
    xorl %eax, %eax
    ret

#: a jump to itself
    jmp .

#: a relocated pointer to an instruction
    leaq pointer(%rip), %rax
    ret
    .section .data.kept, "aw", @progbits
pointer:
    .quad process
    .text
