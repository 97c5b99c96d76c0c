# The rule "memory": an access that nothing confines, or that is confined in the wrong way.
#! rw segment

#: a store to any address [wonly rw segment]
    movq %rax, (%rdi) # <-
    xorl %eax, %eax
    ret

#: a load from any address
    movq (%rdi), %rax # <-
    ret

#: gs and a 64-bit address, stored to [wonly rw segment compare]
    movq %rdi, %gs:(%rdi) # <-
    ret

#: gs and a 64-bit address, loaded from
    movq %gs:(%rdi), %rax # <-
    ret

#: gs and a 64-bit index
    movq %gs:8(%rdi,%rdi,8), %rax # <-
    ret

#: gs and an absolute address
    movq %gs:0x1000, %rax # <-
    ret

#: gs and rip
    movq %gs:variable(%rip), %rax # <-
    ret

#: a 32-bit address without gs, stored to [wonly rw segment compare]
    movq %rdi, (%edi) # <-
    ret

#: a 32-bit address without gs, loaded from
    movq (%edi), %rax # <-
    ret

#: a 32-bit address in fs
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movq %fs:(%ecx), %rax # <-
    ret

#: a 32-bit address of the native stack [wonly rw segment compare]
    movq %rdi, -8(%esp) # <-
    ret

#: gs and the stack pointer
    movq %rdi, %gs:-8(%rsp) # <-
    ret

#: fs and a register that came from anywhere [wonly rw segment compare]
    movq %rdi, %fs:(%rdi) # <-
    ret

#: fs and a constant: where glibc keeps its stack canary
    movq %fs:0x28, %rax # <-
    ret

#: fs and zero: the thread's own address
    movq %fs:0, %rax # <-
    ret

#: fs and a constant, stored to [wonly rw segment compare]
    movq %rdi, %fs:0x28 # <-
    ret

#: the stack limit written [wonly rw segment compare]
    movq __fp_stack_limit@GOTTPOFF(%rip), %rcx
    movq %rdi, %fs:(%rcx) # <-
    ret

#: the stack limit exchanged
    movq __fp_stack_limit@GOTTPOFF(%rip), %rcx
    xchgq %rdi, %fs:(%rcx) # <-
    ret

#: the stack limit added to
    movq __fp_stack_limit@GOTTPOFF(%rip), %rcx
    addq $8, %fs:(%rcx) # <-
    ret

#: beside the stack pointer's variable
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movq %rdi, %fs:8(%rcx) # <-
    ret

#: an index beside the stack pointer's variable
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movq %rdi, %fs:(%rcx,%rdi,8) # <-
    ret

#: the stack pointer's variable as an index
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movq %rdi, %fs:(,%rcx,1) # <-
    ret

#: four bytes of the stack pointer's variable
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movl %edi, %fs:(%rcx) # <-
    ret

#: sixteen bytes at the stack pointer's variable
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movups %fs:(%rcx), %xmm0 # <-
    ret

#: the variable's offset, with something added
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    addq $8, %rcx
    movq %rdi, %fs:(%rcx) # <-
    ret

#: the variable's offset, one byte of it written
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movb $0, %cl
    movq %rdi, %fs:(%rcx) # <-
    ret

#: the variable's offset, its second byte written
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movb $0, %ch
    movq %rdi, %fs:(%rcx) # <-
    ret

#: the variable's offset, cut to 32 bits
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movl %ecx, %ecx
    movq %rdi, %fs:(%rcx) # <-
    ret

#: four bytes of the variable's offset
    movl __fp_stack_pointer@GOTTPOFF(%rip), %ecx
    movq %rdi, %fs:(%rcx) # <-
    ret

#: sign-extended, the variable's offset
    movslq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movq %rdi, %fs:(%rcx) # <-
    ret

#: the variable's offset, loaded beside its slot
    movq __fp_stack_pointer@GOTTPOFF+1(%rip), %rcx
    movq %rdi, %fs:(%rcx) # <-
    ret

#: the variable's offset on one path only
    xorl %ecx, %ecx
    testq %rdi, %rdi
    je 1f
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
1:  movq %rdi, %fs:(%rcx) # <-
    ret

#: the limit's offset on one path
    movq __fp_stack_limit@GOTTPOFF(%rip), %rcx
    testq %rdi, %rdi
    je 1f
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
1:  movq %rdi, %fs:(%rcx) # <-
    ret

#: the variable's offset, moved conditionally
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    testq %rdi, %rdi
    cmoveq %rdi, %rcx
    movq %rdi, %fs:(%rcx) # <-
    ret

#: the variable's offset, exchanged away
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    xchgq %rdi, %rcx
    movq %rdi, %fs:(%rcx) # <-
    ret

#: the variable's offset after a call
    pushq %rax
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    callq f
    movq %rax, %fs:(%rcx) # <-
    popq %rcx
    ret
f:  xorl %eax, %eax
    ret

#: the variable's offset, spilled, its slot overwritten
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movq %rcx, -8(%rsp)
    movb $0, -5(%rsp)
    movq -8(%rsp), %rcx
    movq %rdi, %fs:(%rcx) # <-
    ret

#: the variable's offset, spilled, half of it reloaded
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movq %rcx, -8(%rsp)
    movl -8(%rsp), %ecx
    movq %rdi, %fs:(%rcx) # <-
    ret

#: the variable's offset, spilled below the red zone's reach of a call
    pushq %rax
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movq %rcx, -8(%rsp)
    callq f
    movq -8(%rsp), %rcx # <-
    popq %rcx
    ret
f:  xorl %eax, %eax
    ret

#: the offset of a variable of the host, multiplied into its register
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movq %rdi, %rdx
    mulxq %rdi, %rcx, %rax
    movq %rdi, %fs:(%rcx) # <-
    ret

#: the offset of a variable of the host, added to by xadd
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movq %rdi, %rax
    xaddq %rax, %rcx
    movq %rdi, %fs:(%rcx) # <-
    ret

#: the offset of a variable of the host, exchanged by the second operand of xadd
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movq %rdi, %rax
    xaddq %rcx, %rax
    movq %rdi, %fs:(%rcx) # <-
    ret

#: the offset of a variable of the host, replaced by cmpxchg
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movq %rdi, %rax
    cmpxchgq %rdi, %rcx
    movq %rdi, %fs:(%rcx) # <-
    ret

#: the offset of a variable of the host, in rax and replaced by cmpxchg
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rax
    cmpxchgq %rdi, variable(%rip)
    movq %rdi, %fs:(%rax) # <-
    ret

#: the offset of a variable of the host, in rdx and divided into
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rdx
    movl $1, %eax
    divq %rdi
    movq %rdi, %fs:(%rdx) # <-
    ret

#: the offset of a variable of the host, in rdx and sign-extended into
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rdx
    movl $1, %eax
    cqto
    movq %rdi, %fs:(%rdx) # <-
    ret

#: the offset of a variable of the host, byte-swapped
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    bswapq %rcx
    movq %rdi, %fs:(%rcx) # <-
    ret

#: the offset of a variable of the host, overwritten by bsf unless of zero
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    bsfq %rdi, %rcx
    movq %rdi, %fs:(%rcx) # <-
    ret

#: the stack by an index, stored to [wonly rw segment]
    movq %rdi, -64(%rsp,%rdi,8) # <-
    ret

#: the stack by an index, loaded from
    movq -64(%rsp,%rdi,8), %rax # <-
    ret

#: the stack by an address in another register and an index [wonly rw segment]
    leaq -64(%rsp), %rax
    movq %rdi, (%rax,%rdi) # <-
    ret

#: the return address [wonly rw segment compare]
    movq %rdi, (%rsp) # <-
    ret

#: the return address by its lowest byte [wonly rw segment compare]
    movb $0, (%rsp) # <-
    ret

#: the return address by its highest byte
    movb $0, 7(%rsp) # <-
    ret

#: the return address read
    movq (%rsp), %rax # <-
    ret

#: the return address by a vector that begins below it [wonly rw segment compare]
    xorps %xmm0, %xmm0
    movups %xmm0, -8(%rsp) # <-
    ret

#: the return address by a 256-bit vector [wonly rw segment compare]
    vxorps %ymm0, %ymm0, %ymm0
    vmovups %ymm0, -24(%rsp) # <-
    ret

#: the return address, added to [wonly rw segment compare]
    addq $16, (%rsp) # <-
    ret

#: the return address, exchanged [wonly rw segment compare]
    xchgq %rdi, (%rsp) # <-
    ret

#: the return address, by a locked addition [wonly rw segment compare]
    lock xaddq %rdi, (%rsp) # <-
    ret

#: the return address, compared and exchanged [wonly rw segment compare]
    movl $1, %eax
    lock cmpxchgq %rdi, (%rsp) # <-
    ret

#: the return address, by a set condition
    testq %rdi, %rdi
    sete (%rsp) # <-
    ret

#: the return address, by a masked store [wonly rw segment compare]
    vxorps %xmm0, %xmm0, %xmm0
    vpmaskmovd %xmm0, %xmm0, (%rsp) # <-
    ret

#: the return address, by a store that leaves the cache aside [wonly rw segment compare]
    movntiq %rdi, (%rsp) # <-
    ret

#: the return address, by a vector's lane [wonly rw segment compare]
    xorps %xmm0, %xmm0
    pextrq $1, %xmm0, (%rsp) # <-
    ret

#: the return address, through the frame pointer [wonly rw segment compare]
    pushq %rbp
    movq %rsp, %rbp
    movq %rdi, 8(%rbp) # <-
    popq %rbp
    ret

#: the return address, through another register [wonly rw segment compare]
    movq %rsp, %rax
    movq %rdi, (%rax) # <-
    ret

#: the return address, through an address computed from the stack pointer [wonly rw segment compare]
    leaq -16(%rsp), %rax
    movq %rdi, 16(%rax) # <-
    ret

#: the caller's frame [wonly rw segment compare]
    movq %rdi, 16(%rsp) # <-
    ret

#: below the red zone, stored to [wonly rw segment compare]
    movq %rdi, -136(%rsp) # <-
    ret

#: at the edge of the red zone, stored to [wonly rw segment compare]
    movq %rdi, -129(%rsp) # <-
    ret

#: far below the stack pointer [wonly rw segment compare]
    movq %rdi, -0x100000(%rsp) # <-
    ret

#: pushed, from below the red zone
    pushq -200(%rsp) # <-
    popq %rax
    ret

#: constants written [wonly rw segment compare]
    movq %rdi, constant(%rip) # <-
    ret

#: text written [wonly rw segment compare]
    movb $0x90, process(%rip) # <-
    ret

#: the next instruction written [wonly rw segment compare]
    movb $0x90, (%rip) # <-
    ret

#: the table of imports written [wonly rw segment compare]
    pushq %rax
    movq %rdi, fp_now@GOTPCREL(%rip) # <-
    callq fp_now@PLT
    popq %rcx
    ret

#: the offset of a variable of the host written in its table [wonly rw segment compare]
    movq %rdi, __fp_stack_pointer@GOTTPOFF(%rip) # <-
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    ret

#: past the image, stored to [wonly rw segment compare]
    movq %rdi, variable+0x100000(%rip) # <-
    ret

#: past the image, loaded from
    movq variable+0x100000(%rip), %rax # <-
    ret

#: before the image
    movq process-0x2000(%rip), %rax # <-
    ret

#: across the end of the image [wonly rw segment compare]
    movq %rdi, variable+60(%rip) # <-
    ret

#: a constant 32-bit address
    movq 0x1000, %rax # <-
    ret

#: a constant 32-bit address, stored to [wonly rw segment]
    movq %rdi, 0x60000000 # <-
    ret

#: atomics: an addition [wonly rw segment]
    lock addq $1, (%rdi) # <-
    ret

#: atomics: xadd [wonly rw segment]
    lock xaddq %rdi, (%rdi) # <-
    ret

#: atomics: xchg, which needs no lock [wonly rw segment]
    xchgq %rdi, (%rdi) # <-
    ret

#: atomics: cmpxchg [wonly rw segment]
    movl $1, %eax
    lock cmpxchgq %rdi, (%rdi) # <-
    ret

#: atomics: cmpxchg without lock [wonly rw segment]
    movl $1, %eax
    cmpxchgq %rdi, (%rdi) # <-
    ret

#: atomics: cmpxchg16b [wonly rw segment]
    pushq %rbx
    xorl %eax, %eax
    xorl %ebx, %ebx
    xorl %ecx, %ecx
    xorl %edx, %edx
    lock cmpxchg16b (%rdi) # <-
    popq %rbx
    ret

#: read, changed, written: increment [wonly rw segment]
    incl (%rdi) # <-
    ret

#: read, changed, written: negation [wonly rw segment]
    negq (%rdi) # <-
    ret

#: read, changed, written: a shift [wonly rw segment]
    shlq $3, (%rdi) # <-
    ret

#: read, changed, written: a double shift [wonly rw segment]
    shldq $3, %rdi, (%rdi) # <-
    ret

#: read, changed, written: a bit set by an immediate [wonly rw segment]
    btsq $3, (%rdi) # <-
    ret

#: a condition set [wonly rw segment]
    testq %rdi, %rdi
    setne (%rdi) # <-
    ret

#: popped into memory [wonly rw segment]
    pushq %rdi
    popq (%rdi) # <-
    ret

#: pushed from memory
    pushq (%rdi) # <-
    popq %rax
    ret

#: byte-swapped into memory [wonly rw segment]
    movbeq %rdi, (%rdi) # <-
    ret

#: a masked store [wonly rw segment]
    vxorps %xmm0, %xmm0, %xmm0
    vpmaskmovd %xmm0, %xmm0, (%rdi) # <-
    ret

#: a masked store of floats [wonly rw segment]
    vxorps %ymm0, %ymm0, %ymm0
    vmaskmovps %ymm0, %ymm0, (%rdi) # <-
    ret

#: a masked load
    vxorps %xmm0, %xmm0, %xmm0
    vpmaskmovd (%rdi), %xmm0, %xmm1 # <-
    ret

#: a store that leaves the cache aside [wonly rw segment]
    movntiq %rdi, (%rdi) # <-
    ret

#: a vector store that leaves the cache aside [wonly rw segment]
    xorps %xmm0, %xmm0
    movntdq %xmm0, (%rdi) # <-
    ret

#: a load that leaves the cache aside
    movntdqa (%rdi), %xmm0 # <-
    ret

#: a lane stored [wonly rw segment]
    xorps %xmm0, %xmm0
    pextrb $1, %xmm0, (%rdi) # <-
    ret

#: half a vector stored [wonly rw segment]
    xorps %xmm0, %xmm0
    movhps %xmm0, (%rdi) # <-
    ret

#: a 128-bit lane stored [wonly rw segment]
    vxorps %ymm0, %ymm0, %ymm0
    vextracti128 $1, %ymm0, (%rdi) # <-
    ret

#: half precision stored [wonly rw segment]
    vxorps %xmm0, %xmm0, %xmm0
    vcvtps2ph $0, %xmm0, (%rdi) # <-
    ret

#: moved conditionally from memory, which reads it always
    xorl %eax, %eax
    testq %rdi, %rdi
    cmovneq (%rdi), %rax # <-
    ret

#: a test of memory
    testb $1, (%rdi) # <-
    ret

#: a bit test of memory by an immediate
    btq $1, (%rdi) # <-
    ret

#: divided by memory
    movl $1, %eax
    xorl %edx, %edx
    divq (%rdi) # <-
    ret

#: broadcast from memory
    vpbroadcastd (%rdi), %ymm0 # <-
    ret

#: a checksum of memory
    xorl %eax, %eax
    crc32q (%rdi), %rax # <-
    ret

#: no base, only an index [wonly rw segment]
    movq %rdi, 8(,%rdi,8) # <-
    ret

#: a frame that was not written
    movq -8(%rsp), %rax # <-
    ret

#: a frame of which half was written
    movl %edi, -8(%rsp)
    movq -8(%rsp), %rax # <-
    ret

#: a frame written on one path only
    testq %rdi, %rdi
    je 1f
    movq %rdi, -8(%rsp)
1:  movq -8(%rsp), %rax # <-
    ret

#: a frame after a call has used what is below it
    movq %rdi, -16(%rsp)
    pushq %rdi
    callq f
    popq %rcx
    movq -16(%rsp), %rax # <-
    ret
f:  xorl %eax, %eax
    ret

#: a frame as it was left: popped off and lowered again
    pushq %rdi
    popq %rax
    subq $256, %rsp
    movq 0(%rsp), %rax # <-
    addq $256, %rsp
    ret

#: a frame behind a masked store
    vxorps %xmm0, %xmm0, %xmm0
    vpmaskmovd %xmm0, %xmm0, -16(%rsp)
    movq -16(%rsp), %rax # <-
    ret

#: what an import left in a register
    pushq %rax
    callq fp_now@PLT
    popq %rdx
    movq %rcx, variable(%rip) # <-
    ret

#: what an import left, through a function of the module's own
    pushq %rax
    callq f
    movq %rdx, variable(%rip) # <-
    popq %rcx
    ret
f:  pushq %rax
    callq fp_now@PLT
    popq %rcx
    ret

#: what the host left on entry
    movq %rsi, variable(%rip) # <-
    ret

#: a callee-saved register of the host
    movq %rbx, variable(%rip) # <-
    ret

#: a callee-saved register of the host, from its slot
    pushq %rbx
    movl (%rsp), %eax # <-
    popq %rbx
    ret

#: dirty upper bits of what was left
    pushq %rax
    callq fp_now@PLT
    movb $1, %cl
    movl %ecx, variable(%rip) # <-
    popq %rcx
    ret

#: a bit above those that were written, tested
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    testl $65537, %ecx
    jne 1f # <-
1:  popq %rcx
    ret

#: the sign of what was left, tested
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    testl $-2147483648, %ecx
    jne 1f # <-
1:  popq %rcx
    ret

#: bits above those that were written, kept
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    andl $131071, %ecx
    movl %ecx, variable(%rip) # <-
    popq %rcx
    ret

#: bits above those that were written, kept by a mask of all but some
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    andq $-2, %rcx
    movq %rcx, variable(%rip) # <-
    popq %rcx
    ret

#: an address made of what was left
    movq %gs:(%esi), %rax # <-
    ret

#: an argument on the stack that the host does not pass [compare segment]
    movq 8(%rsp), %rax
    ret

#: gs where the host does not set it [wonly rw compare]
    movq %rdi, %gs:(%edi) # <-
    ret

#: the second byte of what was left, moved to the first of another register
    pushq %rax
    callq fp_now@PLT
    movb $1, %cl
    movb %ch, %dl
    movb %dl, variable(%rip) # <-
    popq %rcx
    ret

#: the second byte of what was left, added to a byte
    pushq %rax
    callq fp_now@PLT
    movb $1, %cl
    movb $1, %dl
    addb %ch, %dl
    movb %dl, variable(%rip) # <-
    popq %rcx
    ret

#: what is above a byte, spilled with it and back
    pushq %rax
    callq fp_now@PLT
    movb $1, %cl
    movl %ecx, (%rsp)
    movl (%rsp), %edx
    movl %edx, variable(%rip) # <-
    popq %rcx
    ret

#: what is above a byte, spilled with it and loaded alone
    pushq %rax
    callq fp_now@PLT
    movb $1, %cl
    movl %ecx, (%rsp)
    movb 1(%rsp), %dl # <-
    movb $1, %dl
    popq %rcx
    ret

#: what is above a byte, spilled with it and computed with
    pushq %rax
    callq fp_now@PLT
    movb $1, %cl
    movl %ecx, (%rsp)
    movl $1, %edx
    addl (%rsp), %edx
    movl %edx, variable(%rip) # <-
    popq %rcx
    ret

#: what is above a byte that was chosen
    pushq %rax
    callq fp_now@PLT
    movb $1, %cl
    movl $2, %edx
    testq %rax, %rax
    cmovel %ecx, %edx
    movl %edx, variable(%rip) # <-
    popq %rcx
    ret

#: what was left above two bytes, after arithmetic where they were spilled
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    movl %ecx, (%rsp)
    incl (%rsp)
    movzbl 2(%rsp), %eax # <-
    popq %rcx
    ret

#: the sign of arithmetic on what was left above two bytes
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    movl %ecx, (%rsp)
    incl (%rsp)
    sets %dl # <-
    popq %rcx
    ret

#: what was left above two bytes, added to the module's own memory
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    addl %ecx, variable(%rip) # <-
    popq %rcx
    ret

#: what was left above two bytes, shifted down where they were spilled
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    movl %ecx, (%rsp)
    shrl $8, (%rsp) # <-
    popq %rcx
    ret

#: what was left above two bytes, not all of it shifted out
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    shll $15, %ecx
    movl %ecx, variable(%rip) # <-
    popq %rcx
    ret

#: a shift by as many bits as an operand has, which does not shift
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    shll $32, %ecx
    movl %ecx, variable(%rip) # <-
    popq %rcx
    ret

#: a shift of a word's two bytes, half of what was left still there
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    shlq $16, %rcx
    movq %rcx, variable(%rip) # <-
    popq %rcx
    ret

#: a bit of what was left, in the carry once it is shifted out
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    shll $16, %ecx
    setb %dl # <-
    popq %rcx
    ret

#: flags of what was left, which a shift by no bits keeps
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    testl $65536, %ecx
    movl $1, %edx
    shll $0, %edx
    sete %dl # <-
    popq %rcx
    ret

#: flags of what was left, which a shift by a register may keep
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    testl $65536, %ecx
    movl $1, %edx
    shll %cl, %edx
    sete %dl # <-
    popq %rcx
    ret

#: flags of what was left, which shlx keeps
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    testl $65536, %ecx
    movl $1, %edx
    shlxl %ecx, %edx, %edx
    sete %dl # <-
    popq %rcx
    ret

#: a shift by what was left
    pushq %rax
    callq fp_now@PLT
    movl $1, %edx
    shll %cl, %edx # <-
    popq %rcx
    ret

#: a shift, without flags, by what was left
    pushq %rax
    callq fp_now@PLT
    movl $1, %edx
    shlxl %ecx, %edx, %edx # <-
    popq %rcx
    ret

#: a value and the count of its shift in one register, with what was left above them
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    shlxl %ecx, %ecx, %edx
    movl %edx, variable(%rip) # <-
    popq %rcx
    ret

#: what was left above two bytes, bits of it taken off
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    blsrl %ecx, %edx
    movl %edx, variable(%rip) # <-
    popq %rcx
    ret

#: whether there is a bit, those that were left among them
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    blsrl %ecx, %edx
    sete %dl # <-
    popq %rcx
    ret

#: what was left above two bytes, kept where another number has none
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    xorl %edx, %edx
    andnl %ecx, %edx, %edx
    movl %edx, variable(%rip) # <-
    popq %rcx
    ret

#: what was left above two bytes, up to some bit
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    movl $31, %edx
    bzhil %edx, %ecx, %edx
    movl %edx, variable(%rip) # <-
    popq %rcx
    ret

#: a choice by what was left
    pushq %rax
    callq fp_now@PLT
    testq %rcx, %rcx
    movl $2, %edx
    cmovel %eax, %edx # <-
    movl %edx, variable(%rip)
    popq %rcx
    ret

#: an address of the stack or another, chosen [wonly rw segment]
    leaq -8(%rsp), %rax
    testq %rdi, %rdi
    cmoveq %rdi, %rax
    movq %rdi, (%rax) # <-
    ret

#: a number extended from more than was written
    pushq %rax
    callq fp_now@PLT
    movb $1, %cl
    movl %ecx, %eax
    cwtl # <-
    popq %rcx
    ret

#: an argument of one byte, of which the callee reads two [rw segment compare]
    subq $24, %rsp
    movb $1, (%rsp)
    callq f # <-
    addq $24, %rsp
    xorl %eax, %eax
    ret
f:  movw 8(%rsp), %ax
    xorl %eax, %eax
    ret

#: what is above a float, spilled with it and back [rw segment compare]
    cvtsi2ss %edi, %xmm0
    movaps %xmm0, -24(%rsp)
    movaps -24(%rsp), %xmm1
    movq %xmm1, variable(%rip) # <-
    ret

#: what is above a float, spilled with it and loaded alone [rw segment compare]
    cvtsi2ss %edi, %xmm0
    movaps %xmm0, -24(%rsp)
    movl -20(%rsp), %eax # <-
    movl %eax, variable(%rip) # <-
    ret

#: the upper words of a float, spilled with it and loaded alone [rw segment compare]
    cvtsi2ss %edi, %xmm0
    movaps %xmm0, -24(%rsp)
    movss -16(%rsp), %xmm1 # <-
    movss %xmm1, variable(%rip) # <-
    ret

#: what is above two bytes, changed with more and stored
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    orl variable(%rip), %ecx
    movl %ecx, variable(%rip) # <-
    popq %rcx
    ret

#: what is above two bytes, added to memory
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    orl %ecx, variable(%rip) # <-
    popq %rcx
    ret

#: what is above two bytes, compared with memory
    pushq %rax
    callq fp_now@PLT
    movw $1, %cx
    cmpl variable(%rip), %ecx
    sete %al # <-
    popq %rcx
    ret

#: a check against a bound register, lower bound [wonly rw compare segment]
    .byte 0xf3, 0x0f, 0x1a, 0xde # <-
    ret

#: a check against a bound register, upper bound [wonly rw compare segment]
    .byte 0xf2, 0x0f, 0x1a, 0xde # <-
    ret

#: gs in a module that checks pointers [wonly rw mpx]
    movq %rdi, %gs:(%esi) # <-
    ret

#: a mask that keeps a bit above the byte
    pushq %rax
    callq fp_now@PLT
    movb $1, %cl
    movl %ecx, %eax
    andl $0x192, %eax
    sete %dl # <-
    popq %rcx
    ret

#: a mask that keeps all bits above the byte
    pushq %rax
    callq fp_now@PLT
    movb $1, %cl
    movq %rcx, %rax
    andq $-110, %rax
    sete %dl # <-
    popq %rcx
    ret

#: bounds of a region, made [rw pointer mpx]
    .byte 0xf3, 0x0f, 0x1b, 0x1c, 0x3f # <-
    ret

#: bounds of a region, loaded from a table: packets [pointer mpx]
    .byte 0x0f, 0x1a, 0x04, 0x3f # <-
    nop
    ret

#: bounds of a region, loaded from a table: objects [pointer mpx]
    .byte 0x0f, 0x1a, 0x0c, 0x3f # <-
    nop
    ret

#: bounds of a region, loaded from a table: the arena [pointer mpx]
    .byte 0x0f, 0x1a, 0x1c, 0x3f # <-
    nop
    ret

#: bounds of a region, stored in a table [pointer mpx]
    .byte 0x0f, 0x1b, 0x1c, 0x3f # <-
    nop
    ret

#: bounds of a region, moved to memory [pointer mpx]
    .byte 0x66, 0x0f, 0x1b, 0x1f # <-
    ret

#: bounds of objects in another mode: bndmk [wonly rw mpx]
    .byte 0xf3, 0x0f, 0x1b, 0x14, 0x3f # <-
    ret

#: bounds of objects in another mode: bndmov [wonly rw mpx]
    .byte 0x66, 0x0f, 0x1b, 0x17 # <-
    ret

#: bounds of objects in another mode: bndldx [wonly rw mpx]
    .byte 0x0f, 0x1a, 0x14, 0x3f # <-
    nop
    ret

#: bounds of objects in another mode: bndstx [wonly rw mpx]
    .byte 0x0f, 0x1b, 0x14, 0x3f # <-
    nop
    ret

#: bounds of objects in another lowering [pointer compare segment]
    .byte 0xf3, 0x0f, 0x1b, 0x14, 0x3f # <-
    ret

#: a check against the bounds of objects, lower [pointer mpx]
    .byte 0xf3, 0x0f, 0x1a, 0xd7 # <-
    ret

#: a check against the bounds of objects, upper [pointer mpx]
    .byte 0xf2, 0x0f, 0x1a, 0xd7 # <-
    ret

#: bounds made of what the host has left [pointer mpx]
    .byte 0xf3, 0x0f, 0x1b, 0x14, 0x37 # <-
    ret

#: bounds stored for what the host has left [pointer mpx]
    .byte 0x0f, 0x1b, 0x14, 0x37 # <-
    nop
    ret

#: an entry for the native stack, loaded [pointer mpx]
    .byte 0x0f, 0x1a, 0x14, 0x3c # <-
    nop
    ret

#: an entry for the native stack, stored [pointer mpx]
    pushq %rdi
    .byte 0x0f, 0x1b, 0x14, 0x3c # <-
    nop
    popq %rax
    ret

#: bounds moved to what is not writable [pointer mpx]
    .byte 0x66, 0x0f, 0x1b, 0x15 # <-
    .long constant - . - 4
    nop
    nop
    nop
    nop
    ret

#: an entry without the nops an emulator reads: load [pointer mpx]
    .byte 0x0f, 0x1a, 0x14, 0x3f # <-
    ret

#: an entry with too few nops: store [pointer mpx]
    .byte 0x0f, 0x1b, 0x54, 0x3f, 0x08 # <-
    nop
    ret

#: bounds moved without the nops an emulator reads [pointer mpx]
    .byte 0x66, 0x0f, 0x1b, 0x57, 0x08 # <-
    ret
