# The rule "stack": rsp, frames, what a function owes its caller.
#! wonly rw segment compare

#: returning with a word left
    pushq %rdi
    ret # <-

#: returning with a word too few
    popq %rax # <-
    ret # <-

#: returning with half a word left
    subq $4, %rsp
    ret # <-

#: a saved register lost
    xorl %ebx, %ebx
    ret # <-

#: one byte of a saved register lost
    movb $0, %bl
    ret # <-

#: the second byte of a saved register lost
    movb $0, %bh
    ret # <-

#: the upper half of a saved register lost
    movl %ebx, %ebx
    ret # <-

#: the upper half of a saved register lost by a move that does not move [wonly]
    cmovol %ebx, %ebx
    ret # <-

#: a saved register lost by mulx, its first result
    movq %rdi, %rdx
    mulxq %rdi, %rbx, %rax
    ret # <-

#: a saved register lost by mulx, its second result
    movq %rdi, %rdx
    mulxq %rdi, %rax, %rbx
    ret # <-

#: a saved register lost by xadd, its first operand [wonly]
    movq %rdi, %rax
    xaddq %rbx, %rax
    ret # <-

#: a saved register lost by xchg with memory [wonly segment]
    xchgq %rbx, %gs:(%edi)
    ret # <-

#: a saved register lost by cmpxchg [wonly]
    movl $1, %eax
    cmpxchgq %rdi, %rbp
    ret # <-

#: a saved register lost by bsf of zero [wonly]
    bsfq %rdi, %r12
    ret # <-

#: a saved register lost by a vector's mask
    xorps %xmm0, %xmm0
    pmovmskb %xmm0, %r13d
    ret # <-

#: a saved register lost by a vector's lane
    xorps %xmm0, %xmm0
    pextrq $1, %xmm0, %r14
    ret # <-

#: a saved register lost by a truncation
    xorps %xmm0, %xmm0
    cvttsd2siq %xmm0, %r15
    ret # <-

#: a saved register lost by a conditional set
    testq %rdi, %rdi
    sete %bl
    ret # <-

#: saved registers exchanged: rbx and rbp [wonly]
    xchgq %rbx, %rbp
    ret # <-

#: saved registers restored in the wrong order
    pushq %rbx
    pushq %rbp
    popq %rbx
    popq %rbp
    ret # <-

#: a saved register's slot overwritten
    pushq %rbx
    movl $1, 4(%rsp)
    popq %rbx
    ret # <-

#: a saved register's slot overwritten by one byte of a store beside it
    pushq %rbx
    subq $16, %rsp
    movq %rdi, 9(%rsp)
    addq $16, %rsp
    popq %rbx
    ret # <-

#: a saved register's slot overwritten by a masked store
    vxorps %xmm0, %xmm0, %xmm0
    pushq %rbx
    vpmaskmovd %xmm0, %xmm0, -8(%rsp)
    popq %rbx
    ret # <-

#: a saved register's slot in the red zone, over a call [wonly]
    movq %rbx, -24(%rsp)
    pushq %rax
    callq f
    popq %rax
    movq -24(%rsp), %rbx
    ret # <-
f:  ret

#: half of a saved register reloaded [wonly]
    pushq %rbx
    movl (%rsp), %ebx
    addq $8, %rsp
    ret # <-

#: a saved register spilled and sign-extended [wonly]
    pushq %rbx
    movslq (%rsp), %rbx
    addq $8, %rsp
    ret # <-

#: a saved register reloaded from beside its slot
    pushq %rbx
    pushq %rbx
    movq 4(%rsp), %rbx
    addq $16, %rsp
    ret # <-

#: saved on one path only [wonly]
    testq %rdi, %rdi
    je 1f
    movq %rbx, -8(%rsp)
1:  movq %rdi, %rbx
    testq %rdi, %rdi
    je 2f
    movq -8(%rsp), %rbx
2:  ret # <-

#: restored on one path only
    pushq %rbx
    movq %rdi, %rbx
    testq %rdi, %rdi
    je 1f
    movq (%rsp), %rbx
1:  addq $8, %rsp
    ret # <-

#: restored twice, once too early
    pushq %rbx
    popq %rbx
    movq %rdi, %rbx
    movq -8(%rsp), %rax
    movq %rax, -8(%rsp)
    ret # <-

#: rsp from memory [wonly rw segment]
    movq %gs:(%edi), %rsp # <-
    ret

#: rsp from a variable
    movq variable(%rip), %rsp # <-
    ret

#: rsp from a register
    movq %rdi, %rsp # <-
    ret

#: rsp popped
    pushq %rdi
    popq %rsp # <-
    ret

#: rsp exchanged
    xchgq %rdi, %rsp # <-
    ret

#: rsp exchanged with rax, in its short form
    xorl %eax, %eax
    xchgq %rax, %rsp # <-
    ret

#: rsp added to by a register
    addq %rdi, %rsp # <-
    ret

#: rsp added to by xadd
    movq %rdi, %rax
    xaddq %rax, %rsp # <-
    ret

#: rsp as the first operand of xadd
    movq %rdi, %rax
    xaddq %rsp, %rax # <-
    ret

#: rsp moved conditionally
    testq %rdi, %rdi
    cmoveq %rdi, %rsp # <-
    ret

#: rsp incremented
    incq %rsp # <-
    decq %rsp
    ret

#: half of rsp
    movl %esp, %esp # <-
    ret

#: a quarter of rsp
    movw %sp, %sp # <-
    ret

#: a byte of rsp
    movb %spl, %spl # <-
    ret

#: 32 bits subtracted from rsp
    subl $8, %esp # <-
    addl $8, %esp
    ret

#: rsp and a mask that does not round
    pushq %rbp
    movq %rsp, %rbp
    andq $-24, %rsp # <-
    movq %rbp, %rsp
    popq %rbp
    ret

#: rsp and a mask of the upper half
    andq $0x7fffffff, %rsp # <-
    ret

#: rsp by mulx
    movq %rdi, %rdx
    mulxq %rdi, %rsp, %rax # <-
    ret

#: rsp by a vector's lane
    xorps %xmm0, %xmm0
    pextrq $1, %xmm0, %rsp # <-
    ret

#: rsp by lea with an index
    leaq (%rsp,%rdi), %rsp # <-
    ret

#: rsp by lea from another register
    leaq 8(%rdi), %rsp # <-
    ret

#: rsp from rbp, which was changed
    pushq %rbp
    movq %rsp, %rbp
    addq %rdi, %rbp
    movq %rbp, %rsp # <-
    popq %rbp
    ret

#: rsp from rbp, which is the caller's
    movq %rbp, %rsp # <-
    ret

#: rsp and rbp exchanged, one of them the caller's [wonly]
    xchgq %rbp, %rsp # <-
    ret

#: rsp through rbp, spilled, and its slot overwritten
    pushq %rbp
    movq %rsp, %rbp
    pushq %rbp
    movb $0, (%rsp)
    movq (%rsp), %rsp # <-
    popq %rbp
    ret

#: rsp raised above the frame
    addq $8, %rsp # <-
    pushq %rdi
    ret

#: rsp raised by lea
    leaq 8(%rsp), %rsp # <-
    pushq %rdi
    ret

#: paths with different frames
    testq %rdi, %rdi
    je 1f
    pushq %rdi
1:  ret # <-

#: a loop of pushes
    nop
1:  pushq %rdi # <-
    jmp 1b

#: a loop of pops [wonly]
    pushq %rdi
1:  popq %rax # <-
    jmp 1b

#: a frame over the guard page
    subq $0x10000, %rsp # <-
    addq $0x10000, %rsp
    ret

#: a frame over the guard page and over everything else
    subq $0x10000000, %rsp # <-
    addq $0x10000000, %rsp
    ret

#: a frame of two gigabytes and more, by a negative addition
    addq $-0x7fffff00, %rsp # <-
    subq $-0x7fffff00, %rsp
    ret

#: a frame without a probe
    subq $9000, %rsp # <-
    addq $9000, %rsp
    ret

#: a frame without a probe, touched too late
    subq $4096, %rsp
    subq $4096, %rsp
    subq $4096, %rsp # <-
    movq %rdi, (%rsp)
    addq $12288, %rsp
    ret

#: returning from a rounded frame
    pushq %rbp
    andq $-32, %rsp
    ret # <-

#: a rounded frame, raised by a constant
    pushq %rbp
    movq %rsp, %rbp
    andq $-32, %rsp
    addq $8, %rsp # <-
    movq %rbp, %rsp
    popq %rbp
    ret

#: a tail call with a frame
    pushq %rdi
    jmp f # <-
g:  callq f
    ret
f:  xorl %eax, %eax
    ret

#: a tail call with a saved register lost
    xorl %ebx, %ebx
    jmp f # <-
g:  callq f
    ret
f:  xorl %eax, %eax
    ret

#: a tail call out with a frame
    pushq %rdi
    jmp fp_now@PLT # <-

#: a tail call out with a saved register lost
    xorl %ebx, %ebx
    jmp fp_now@PLT # <-

#: a conditional tail call with a frame
    pushq %rdi
    testq %rdi, %rdi
    je f # <-
    popq %rax
    ret
g:  callq f
    ret
f:  xorl %eax, %eax
    ret

#: control falls into the next function
    pushq %rax
    callq f
    popq %rax # <-
f:  ret

#: the red zone's slot of rbx is popped over
    subq $8, %rsp
    movq %rbx, (%rsp)
    addq $8, %rsp
    movq %rdi, -8(%rsp)
    subq $8, %rsp
    popq %rbx
    ret # <-

#: popped into memory by rsp, of which the processor takes the value after
    pushq %rdi
    popq -8(%rsp) # <-
    ret

#: popped into the return address
    pushq %rdi
    popq (%rsp) # <-
    ret

#: the saved frame pointer swapped for the stack pointer
    pushq %rbp
    movq %rsp, %rbp
    popq %rax
    ret # <-

#: rounded twice
    pushq %rbp
    movq %rsp, %rbp
    andq $-32, %rsp
    andq $-64, %rsp # <-
    movq %rbp, %rsp
    popq %rbp
    ret

#: rounded by more than a page
    pushq %rbp
    movq %rsp, %rbp
    andq $-65536, %rsp # <-
    movq %rbp, %rsp
    popq %rbp
    ret

#: control falls into the stub of an import
    pushq %rax
    callq stub
    popq %rcx # <-
stub:
    jmpq *fp_now@GOTPCREL(%rip)

#: a saved register in what a callee may overwrite, far below rsp [wonly]
    pushq %rax
    callq g
    popq %rax
    ret
g:  subq $1000, %rsp
    movq %rbp, 96(%rsp)
    addq $1000, %rsp
    pushq %rax
    callq f
    popq %rax
    movq -904(%rsp), %rbp
    ret # <-
f:  xorl %eax, %eax
    ret

#: a saved register far below rsp, where whoever has the stack next may write [wonly]
    subq $1000, %rsp
    movq %rbp, 96(%rsp)
    addq $1000, %rsp
    movq -904(%rsp), %rbp
    ret # <-

#: a saved register in a rounded frame that was left [wonly]
    pushq %rax
    callq g
    popq %rax
    ret
g:  pushq %rbx
    movq %rsp, %rbx
    andq $-32, %rsp
    subq $1024, %rsp
    movq %rsp, %rax
    movq %rbp, (%rax)
    movq %rbx, %rsp
    pushq %rax
    pushq %rax
    callq f
    popq %rax
    popq %rax
    movq (%rax), %rbp
    popq %rbx
    ret # <-
f:  xorl %eax, %eax
    ret

#: a load far below the frame is no probe of it [wonly]
    movq -16000(%rsp), %rax
    subq $12000, %rsp # <-
    addq $12000, %rsp
    ret

#: an import called with a stack that is not aligned
    callq fp_now@PLT # <-
    ret

#: a function called with a stack that is not aligned
    pushq %rbx
    pushq %rbx
    callq f # <-
    popq %rbx
    popq %rbx
    ret
f:  xorl %eax, %eax
    ret

#: a function called from a rounded frame, not aligned
    pushq %rbp
    movq %rsp, %rbp
    andq $-32, %rsp
    pushq %rdi
    callq f # <-
    movq %rbp, %rsp
    popq %rbp
    ret
f:  xorl %eax, %eax
    ret
