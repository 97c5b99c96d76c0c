# Allowed instructions in unusual but proper forms.
#! wonly rw segment compare

#: every kind of padding
    nop
    xchgw %ax, %ax
    .byte 0x0f, 0x1f, 0x00
    .byte 0x0f, 0x1f, 0x40, 0x00
    .byte 0x0f, 0x1f, 0x44, 0x00, 0x00
    .byte 0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00
    .byte 0x0f, 0x1f, 0x80, 0, 0, 0, 0
    .byte 0x66, 0x2e, 0x0f, 0x1f, 0x84, 0x00, 0, 0, 0, 0
    .byte 0x66, 0x66, 0x66, 0x2e, 0x0f, 0x1f, 0x84, 0x00, 0, 0, 0, 0
    ret

#: traps of every kind
    testq %rdi, %rdi
    je 1f
    ud2
1:  ud1l 1(%eax), %eax
    int3

#: fences and hints
    endbr64
    pause
    lfence
    mfence
    sfence
    prefetchnta (%rdi)
    prefetchw 64(%rdi)
    ret

#: the carry flag
    stc
    cmc
    clc
    ret

#: multiplication and division
    movl $7, %eax
    mulq %rdi
    movl $7, %eax
    xorl %edx, %edx
    movl $3, %ecx
    divq %rcx
    imulq $9, %rdi, %rax
    movq %rdi, %rdx
    mulxq %rdi, %rax, %rcx
    ret

#: bits
    popcntq %rdi, %rax
    lzcntl %edi, %eax
    tzcntq %rdi, %rax
    bswapq %rax
    btq $7, %rdi
    btq %rdi, %rdi
    andnq %rdi, %rdi, %rax
    blsrq %rdi, %rax
    bextrq %rdi, %rdi, %rax
    bzhiq %rdi, %rdi, %rax
    pdepq %rdi, %rdi, %rax
    pextq %rdi, %rdi, %rax
    rorxq $7, %rdi, %rax
    shlxq %rdi, %rdi, %rax
    crc32q %rdi, %rax
    ret

#: shifts
    movl $3, %ecx
    shlq %cl, %rdi
    shrq $4, %rdi
    sarl %edi
    rolw $3, %di
    shldq $3, %rdi, %rdi
    shrdq %cl, %rdi, %rdi
    movl %edi, %eax
    ret

#: second bytes of registers
    movl %edi, %eax
    movb %ah, %al
    addb %al, %ah
    movzbl %ah, %ecx
    ret

#: vectors
    vmovq %rdi, %xmm0
    vpbroadcastq %xmm0, %ymm0
    vpaddd %ymm0, %ymm0, %ymm1
    vpshufb %ymm0, %ymm1, %ymm1
    vpermq $0x4e, %ymm1, %ymm1
    vextracti128 $1, %ymm1, %xmm2
    vpmovmskb %ymm1, %eax
    vptest %ymm1, %ymm1
    sete %al
    vzeroupper
    ret

#: vectors of the first kind
    movq %rdi, %xmm0
    pshufd $0x1b, %xmm0, %xmm1
    paddq %xmm1, %xmm0
    pxor %xmm2, %xmm2
    pcmpeqb %xmm2, %xmm0
    pmovmskb %xmm0, %eax
    cvtsi2sdq %rdi, %xmm3
    mulsd %xmm3, %xmm3
    cvttsd2siq %xmm3, %rax
    ret

#: extensions and conditions
    movsbl %dil, %eax
    movswq %di, %rax
    movslq %edi, %rax
    cltq
    cqto
    testq %rdi, %rdi
    setne %al
    movzbl %al, %eax
    cmovaeq %rdi, %rax
    ret
