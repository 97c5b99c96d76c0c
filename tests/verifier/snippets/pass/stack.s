# Frames, and what a function owes its caller.
#! wonly rw segment compare

#: pushes and pops
    pushq %rbp
    pushq %r15
    pushq %r14
    pushq %r13
    pushq %r12
    pushq %rbx
    movq %rdi, %rbx
    movq %rbx, %r15
    popq %rbx
    popq %r12
    popq %r13
    popq %r14
    popq %r15
    popq %rbp
    ret

#: a frame of constants
    subq $128, %rsp
    movq %rdi, 120(%rsp)
    movl $1, (%rsp)
    movq 120(%rsp), %rax
    subq $-128, %rsp
    ret

#: a frame lowered by lea
    leaq -64(%rsp), %rsp
    movq %rdi, (%rsp)
    leaq 64(%rsp), %rsp
    ret

#: a frame pointer
    pushq %rbp
    movq %rsp, %rbp
    subq $64, %rsp
    movq %rdi, -8(%rbp)
    movq -8(%rbp), %rax
    movq %rbp, %rsp
    popq %rbp
    ret

#: a frame pointer, saved registers below it, left by lea
    pushq %rbp
    movq %rsp, %rbp
    pushq %rbx
    subq $40, %rsp
    movq %rdi, %rbx
    movq %rbx, -24(%rbp)
    leaq -8(%rbp), %rsp
    popq %rbx
    popq %rbp
    ret

#: a frame rounded for vectors
    pushq %rbp
    movq %rsp, %rbp
    andq $-32, %rsp
    subq $64, %rsp
    vxorps %ymm0, %ymm0, %ymm0
    vmovaps %ymm0, 32(%rsp)
    vmovaps 32(%rsp), %ymm1
    movq %rbp, %rsp
    popq %rbp
    ret

#: the red zone, to its edge
    movq %rdi, -8(%rsp)
    movq %rdi, -128(%rsp)
    movq -8(%rsp), %rax
    addq -128(%rsp), %rax
    ret

#: saved registers kept by moves
    movq %rbx, -8(%rsp)
    movq %r12, -16(%rsp)
    movq %rdi, %rbx
    movq %rdi, %r12
    movq -16(%rsp), %r12
    movq -8(%rsp), %rbx
    ret

#: a saved register kept in another register
    movq %rbx, %rdx
    movq %rdi, %rbx
    movq %rdx, %rbx
    ret

#: saved on the path that needs it
    testq %rdi, %rdi
    je 1f
    pushq %rbx
    movq %rdi, %rbx
    popq %rbx
1:  ret

#: a page, touched, and another one
    subq $4096, %rsp
    movq $0, (%rsp)
    subq $4096, %rsp
    movq $0, (%rsp)
    addq $8192, %rsp
    ret

#: arguments on the stack
    subq $24, %rsp
    movq $1, (%rsp)
    movq $2, 8(%rsp)
    callq f
    addq $24, %rsp
    ret
f:  movq 8(%rsp), %rax
    addq 16(%rsp), %rax
    ret

#: a word pushed to align the stack
    pushq %rax
    callq fp_now@PLT
    addq $8, %rsp
    ret

#: a tail call after the frame is given back
    pushq %rbx
    movq %rdi, %rbx
    popq %rbx
    jmp f
    callq f
    ret
f:  xorl %eax, %eax
    ret

#: a path that ends in a trap keeps nothing
    testq %rdi, %rdi
    je 1f
    ret
1:  pushq %rdi
    xorl %ebx, %ebx
    ud2

#: a loop with a frame
    pushq %rbx
    movl $9, %ebx
1:  callq f
    decl %ebx
    jne 1b
    popq %rbx
    ret
f:  xorl %eax, %eax
    ret

#: a call from a rounded frame
    pushq %rbp
    movq %rsp, %rbp
    pushq %rbx
    andq $-32, %rsp
    subq $64, %rsp
    movq %rdi, 32(%rsp)
    callq fp_now@PLT
    movq 32(%rsp), %rax
    movq -8(%rbp), %rbx
    movq %rbp, %rsp
    popq %rbp
    ret

#: an argument of one byte on the stack
    subq $24, %rsp
    movb $1, (%rsp)
    callq f
    addq $24, %rsp
    xorl %eax, %eax
    ret
f:  movb 8(%rsp), %al
    xorl %eax, %eax
    ret
