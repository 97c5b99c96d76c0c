# Accesses that are confined without a guard.
#! wonly rw segment

#: gs and a 32-bit address, in every shape
    movq %gs:(%edi), %rax
    movq %gs:8(%edi), %rax
    movq %rax, %gs:(%edi,%eax)
    movq %rax, %gs:-0x80000000(%edi,%eax,8)
    movq %rax, %gs:0x7fffffff(,%eax,4)
    ret

#: gs and a 32-bit constant address
    .byte 0x65, 0x67, 0x8b, 0x04, 0x25, 0x00, 0x10, 0x00, 0x00
    ret

#: gs: everything that reads, changes and writes
    lock addq $1, %gs:(%edi)
    lock xaddq %rdi, %gs:(%edi)
    xchgq %rdi, %gs:(%edi)
    movl $1, %eax
    lock cmpxchgq %rdi, %gs:(%edi)
    incl %gs:(%edi)
    negq %gs:(%edi)
    shlq $3, %gs:(%edi)
    btsq $3, %gs:(%edi)
    sete %gs:(%edi)
    ret

#: gs: pushed and popped
    pushq %gs:(%edi)
    popq %gs:8(%edi)
    ret

#: gs: vectors
    vmovdqu %gs:(%edi), %ymm0
    vpaddd %gs:32(%edi), %ymm0, %ymm0
    vmovdqu %ymm0, %gs:(%edi)
    vpxor %xmm1, %xmm1, %xmm1
    vpmaskmovd %xmm0, %xmm1, %gs:(%edi)
    vpmaskmovd %gs:(%edi), %xmm1, %xmm0
    vmovntdq %ymm0, %gs:(%edi)
    vextracti128 $1, %ymm0, %gs:(%edi)
    movntiq %rdi, %gs:(%edi)
    ret

#: gs: byte-swapped, checked, broadcast
    movbeq %gs:(%edi), %rax
    movbeq %rax, %gs:(%edi)
    crc32q %gs:(%edi), %rax
    vpbroadcastd %gs:(%edi), %ymm0
    pextrw $1, %xmm0, %gs:(%edi)
    ret

#: own variables [wonly rw segment compare]
    incq variable(%rip)
    movq variable+56(%rip), %rax
    addq constant(%rip), %rax
    movups constant(%rip), %xmm0
    movups %xmm0, variable+48(%rip)
    lock xaddq %rax, variable(%rip)
    ret

#: own text and headers, read [wonly rw segment compare]
    movq process(%rip), %rax
    movq __ehdr_start(%rip), %rax
    ret

#: the table of imports, read: addresses of the host are no secret of it [wonly segment compare]
    pushq %rax
    movq fp_now@GOTPCREL(%rip), %rdi
    callq fp_now@PLT
    popq %rcx
    ret

#: the module stack pointer, loaded and stored [wonly rw segment compare]
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movq %fs:(%rcx), %rax
    subq $32, %rax
    movq %rax, %fs:(%rcx)
    addq $32, %fs:(%rcx)
    ret

#: the module stack's limit, loaded and compared [wonly rw segment compare]
    movq __fp_stack_limit@GOTTPOFF(%rip), %r9
    cmpq %fs:(%r9), %rdi
    movq %fs:(%r9), %rax
    ret

#: the variable's offset, kept over a call [wonly rw segment compare]
    pushq %rbx
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rbx
    callq fp_now@PLT
    movq %fs:(%rbx), %rax
    popq %rbx
    ret

#: the variable's offset, spilled and reloaded [wonly rw segment compare]
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movq %rcx, -8(%rsp)
    xorl %ecx, %ecx
    movq -8(%rsp), %rdx
    movq %fs:(%rdx), %rax
    ret

#: the native stack, through other registers [wonly rw segment compare]
    movq %rsp, %rax
    movq %rdi, -8(%rax)
    leaq -32(%rsp), %rdx
    movq %rdi, 8(%rdx)
    movq 8(%rdx), %rax
    ret

#: in wonly anything may be read [wonly segment compare]
    movq (%rdi), %rax
    movq (%rsi,%rdi,8), %rax
    movq 64(%rsp), %rax
    movq 0x1000, %rax
    cmpq $0, (%rax)
    vpmaskmovd (%rdi), %xmm0, %xmm1
    ret

#: in wonly what was left may be read [wonly segment compare]
    movq %rsi, variable(%rip)
    movq -8(%rsp), %rax
    ret

#: no access at all [wonly rw segment compare]
    leaq (%rdi,%rdi,8), %rax
    leaq 0x1000, %rax
    prefetcht0 (%rdi)
    nopw 8(%rax,%rax)
    ret

#: a byte, spilled and reloaded with what was left above it [wonly rw segment compare]
    pushq %rax
    callq fp_now@PLT
    movb $1, %cl
    movl %ecx, 4(%rsp)
    movl 4(%rsp), %edx
    movb %dl, variable(%rip)
    movzbl 4(%rsp), %eax
    movl %eax, variable+8(%rip)
    popq %rcx
    ret

#: a word of two bytes that are spilled and two that are written [wonly rw segment compare]
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    movl %ecx, (%rsp)
    movw $2, 2(%rsp)
    movl (%rsp), %edx
    movl %edx, variable(%rip)
    popq %rcx
    ret

#: bits among those that were written, tested and kept with what was left above them [wonly rw segment compare]
    pushq %rax
    callq fp_now@PLT
    movw $2048, %cx
    testl $34816, %ecx
    jne 1f
    testw $-1, %cx
    je 1f
    andl $65535, %ecx
    je 1f
    movl %ecx, variable(%rip)
1:  popq %rcx
    ret

#: a choice between bytes with what was left above them [wonly rw segment compare]
    pushq %rax
    callq fp_now@PLT
    movb $1, %cl
    movb $2, %dl
    testq %rax, %rax
    cmovel %ecx, %edx
    movb %dl, variable(%rip)
    popq %rcx
    ret

#: numbers extended, with what was left above them [wonly rw segment compare]
    pushq %rax
    callq fp_now@PLT
    movb $1, %cl
    movl %ecx, %eax
    cbtw
    movl %eax, %edx
    cwtl
    movl %eax, variable(%rip)
    movl %edx, %eax
    cwtd
    movw %dx, variable+8(%rip)
    popq %rcx
    ret

#: a float, spilled with what is above it and back [wonly rw segment compare]
    cvtsi2ss %edi, %xmm0
    movaps %xmm0, -24(%rsp)
    movaps -24(%rsp), %xmm1
    addss -24(%rsp), %xmm1
    movss %xmm1, variable(%rip)
    ret

#: two bytes, spilled with what was left above them and changed with more [wonly rw segment compare]
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    movl %ecx, (%rsp)
    movl (%rsp), %edx
    orl variable(%rip), %edx
    movw %dx, variable(%rip)
    popq %rcx
    ret

#: two bytes, spilled with what was left above them and computed with there and from there [wonly rw segment compare]
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    movl %ecx, (%rsp)
    incl (%rsp)
    addl %ecx, (%rsp)
    movl $2, %edx
    addl (%rsp), %edx
    movw %dx, variable(%rip)
    movzwl (%rsp), %eax
    movl %eax, variable+8(%rip)
    popq %rcx
    ret

#: two bytes shifted up, what was left above them shifted out [wonly rw segment compare]
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    movl %ecx, %esi
    shll $16, %esi
    movl %esi, variable(%rip)
    movl %ecx, (%rsp)
    shll $16, (%rsp)
    movl (%rsp), %edx
    movl %edx, variable+8(%rip)
    shlq $48, %rcx
    movq %rcx, variable(%rip)
    popq %rcx
    ret

#: bits of two bytes, computed with what was left above them [wonly rw segment compare]
    pushq %rax
    callq fp_now@PLT
    movw $3, %cx
    movb $2, %dl
    shlxl %edx, %ecx, %esi
    movw %si, variable(%rip)
    blsrl %ecx, %esi
    andnl %ecx, %esi, %edi
    bzhil %edx, %edi, %edi
    movw %di, variable+8(%rip)
    movl %ecx, %edi
    movl %edx, %ecx
    shll %cl, %edi
    movw %di, variable(%rip)
    popq %rcx
    ret

#: flags that are the module's own, kept by instructions that set none [wonly rw segment compare]
    pushq %rax
    callq fp_now@PLT
    movw $3, %cx
    movl $2, %edx
    testq %rax, %rax
    shlxl %edx, %ecx, %esi
    notl %esi
    je 1f
    movw %si, variable(%rip)
1:  popq %rcx
    ret

#: bits of a byte, what was left above it masked away [wonly rw segment compare mpx]
    pushq %rax
    callq fp_now@PLT
    movb $1, %cl
    movl %ecx, %eax
    andl $0x92, %eax
    sete %dl
    movl %eax, variable(%rip)
    movq %rcx, %rax
    andq $0x7f, %rax
    cmpq $3, %rax
    seta %dl
    popq %rcx
    ret

#: bounds of objects, made and moved to a variable [pointer mpx]
    .byte 0xf3, 0x0f, 0x1b, 0x14, 0x3f
    .byte 0x66, 0x0f, 0x1b, 0x15
    .long variable - . - 4
    nop
    nop
    nop
    nop
    ret
