# The rule "instruction": what is not in the allow-list, or is written as no compiler writes it.
#! rw segment

#: a system call [wonly rw segment compare]
    syscall # <-
    ret

#: a system call of 32 bits
    int $0x80 # <-
    ret

#: sysenter
    sysenter # <-
    ret

#: an interrupt
    .byte 0xcd, 0x03 # <-
    ret

#: int1
    .byte 0xf1 # <-
    ret

#: a return from interrupt
    iretq # <-
    ret

#: halt
    hlt # <-
    ret

#: interrupts off
    cli # <-
    ret

#: a port read
    inb $0x60, %al # <-
    ret

#: a port written
    outl %eax, %dx # <-
    ret

#: the processor's identity
    cpuid # <-
    ret

#: the time stamp counter
    rdtsc # <-
    ret

#: the time stamp counter and the processor's number
    rdtscp # <-
    ret

#: randomness
    rdrandq %rax # <-
    ret

#: gs written: a stale base [wonly rw segment compare]
    wrgsbaseq %rdi # <-
    ret

#: fs written [wonly rw segment compare]
    wrfsbaseq %rdi # <-
    ret

#: gs read
    rdgsbaseq %rax # <-
    ret

#: fs read
    rdfsbaseq %rax # <-
    ret

#: gs swapped
    swapgs # <-
    ret

#: a segment register loaded
    movl %edi, %gs # <-
    ret

#: a segment register popped
    popq %fs # <-
    ret

#: a segment register read
    movl %ds, %eax # <-
    ret

#: a far pointer
    lgsq (%rdi), %rax # <-
    ret

#: protection keys written
    wrpkru # <-
    ret

#: vector state restored
    xrstor variable(%rip) # <-
    ret

#: vector state saved
    xsave variable(%rip) # <-
    ret

#: floating-point state restored
    fxrstor variable(%rip) # <-
    ret

#: the vector control register loaded
    ldmxcsr variable(%rip) # <-
    ret

#: the vector control register loaded, in its VEX form
    vldmxcsr variable(%rip) # <-
    ret

#: the vector control register stored
    stmxcsr variable(%rip) # <-
    ret

#: the direction flag set
    std # <-
    ret

#: the direction flag cleared: it never need be
    cld # <-
    ret

#: the flags popped: direction, trap and alignment
    popfq # <-
    ret

#: the flags pushed
    pushfq # <-
    popq %rax
    ret

#: a bare string store [wonly rw segment compare]
    stosq # <-
    ret

#: a bare string move
    movsb # <-
    ret

#: a repeated string store
    rep stosb # <-
    ret

#: a repeated string move, with a segment override for its source
    .byte 0x65, 0xf3, 0xa4 # <-
    ret

#: a string move with 32-bit addresses
    .byte 0x67, 0xf3, 0xa4 # <-
    ret

#: a string store with gs and 32-bit addresses, where gs is ignored
    .byte 0x65, 0x67, 0xaa # <-
    ret

#: a string compared
    repe cmpsb # <-
    ret

#: a string scanned
    repne scasb # <-
    ret

#: a string loaded
    lodsq # <-
    ret

#: a string from a port
    insb # <-
    ret

#: a masked store by rdi
    maskmovdqu %xmm1, %xmm0 # <-
    ret

#: a masked store by rdi with gs and a 32-bit address
    .byte 0x65, 0x67, 0x66, 0x0f, 0xf7, 0xc1 # <-
    ret

#: a masked store by rdi, in its VEX form
    vmaskmovdqu %xmm1, %xmm0 # <-
    ret

#: a table looked up by rbx
    xlatb # <-
    ret

#: a bit number in a register: a store far from the operand
    btsq %rax, %gs:(%edi) # <-
    ret

#: a bit number in a register, locked
    lock btrq %rax, variable(%rip) # <-
    ret

#: a bit number in a register, of the native stack
    btcq %rax, -8(%rsp) # <-
    ret

#: a bit number in a register, read
    btl %eax, variable(%rip) # <-
    ret

#: an absolute address of eight bytes, stored to
    .byte 0x48, 0xa3, 0, 0, 0, 0, 0, 0, 0, 0 # <-
    ret

#: an absolute address of eight bytes in gs
    .byte 0x65, 0x48, 0xa1, 0, 0, 0, 0, 0, 0, 0, 0 # <-
    ret

#: an absolute address of four bytes in gs
    .byte 0x65, 0x67, 0xa1, 0, 0, 0, 0 # <-
    ret

#: an indirect call [wonly rw segment compare]
    callq *%rax # <-
    ret

#: an indirect call through memory
    callq *variable(%rip) # <-
    ret

#: an indirect jump [wonly rw segment compare]
    jmpq *%rax # <-

#: a far jump
    ljmpq *variable(%rip) # <-

#: a far call
    lcallq *variable(%rip) # <-
    ret

#: a far return
    lretq # <-

#: a return that pops arguments
    retq $8 # <-

#: a far return that pops arguments
    .byte 0x48, 0xca, 0x08, 0x00 # <-

#: a loop instruction
1:  loop 1b # <-
    ret

#: a loop instruction that counts ecx, by 0x67
1:  .byte 0x67, 0xe2, 0xfd # <-
    ret

#: a jump if rcx is zero
    jrcxz 1f # <-
1:  ret

#: a jump if ecx is zero: 0x67 on a branch
    jecxz 1f # <-
1:  ret

#: enter
    enter $16, $0 # <-
    ret

#: leave
    leave # <-
    ret

#: a transaction
    xbegin 1f # <-
1:  ret

#: a transaction's abort
    xabort $1 # <-
    ret

#: gathering
    vpgatherdd %xmm0, (%rdi,%xmm1,4), %xmm2 # <-
    ret

#: gathering with gs and 32-bit addresses
    vpgatherdd %xmm0, %gs:(%edi,%xmm1,4), %xmm2 # <-
    ret

#: scattering
    vpscatterdd %zmm0, (%rdi,%zmm1,4) {%k1} # <-
    ret

#: x87
    fldl variable(%rip) # <-
    ret

#: x87 state stored
    fnstenv variable(%rip) # <-
    ret

#: MMX
    movd %edi, %mm0 # <-
    ret

#: MMX, a store by rdi
    maskmovq %mm1, %mm0 # <-
    ret

#: a cache line flushed
    clflush variable(%rip) # <-
    ret

#: bounds from memory: bndmov [mpx]
    .byte 0x66, 0x0f, 0x1a, 0x1f # <-
    ret

#: bounds from memory, in mode pointer: bndmov [pointer mpx]
    .byte 0x66, 0x0f, 0x1a, 0x17 # <-
    ret

#: bounds from another register: bndmov [rw pointer mpx]
    .byte 0x66, 0x0f, 0x1a, 0xd0 # <-
    ret

#: bounds to another register: bndmov [rw pointer mpx]
    .byte 0x66, 0x0f, 0x1b, 0xd0 # <-
    ret

#: bounds from a table, by no index: bndldx [rw pointer mpx]
    .byte 0x0f, 0x1a, 0x17 # <-
    ret

#: bounds to a table, by no index: bndstx [rw pointer mpx]
    .byte 0x0f, 0x1b, 0x17 # <-
    ret

#: bounds from a table, by rip: bndldx [pointer mpx]
    .byte 0x0f, 0x1a, 0x15, 0, 0, 0, 0 # <-
    ret

#: bounds from a table, by fs: bndldx [pointer mpx]
    .byte 0x64, 0x0f, 0x1a, 0x14, 0x3f # <-
    nop
    ret

#: a check of an upper bound that is no complement: bndcn [mpx]
    .byte 0xf2, 0x0f, 0x1b, 0xde # <-
    ret

#: a check of an address, lower bound [mpx]
    .byte 0xf3, 0x0f, 0x1a, 0x1e # <-
    ret

#: a check of an address, upper bound [mpx]
    .byte 0xf2, 0x0f, 0x1a, 0x1e # <-
    ret

#: a check against a bound register that does not exist [mpx]
    .byte 0xf3, 0x0f, 0x1a, 0xe6 # <-
    ret

#: a check against a bound register that does not exist, by rex [mpx]
    .byte 0xf3, 0x44, 0x0f, 0x1a, 0xc6 # <-
    ret

#: a check with rex.w [mpx]
    .byte 0xf3, 0x48, 0x0f, 0x1a, 0xc6 # <-
    ret

#: a check with an operand size [mpx]
    .byte 0x66, 0xf3, 0x0f, 0x1a, 0xc6 # <-
    ret

#: all of the processor's state, bounds among it [mpx]
    xrstor (%rdi) # <-
    ret

#: a jump that keeps bounds as if others did not [mpx]
    .byte 0xf2, 0xeb, 0x00 # <-
    ret

#: a call that keeps bounds as if others did not [mpx]
    .byte 0xf2, 0xe8, 0x00, 0x00, 0x00, 0x00 # <-
    ret

#: lock on a move
    .byte 0xf0, 0x48, 0x89, 0x07 # <-
    ret

#: lock on a register operand
    .byte 0xf0, 0x48, 0x01, 0xc0 # <-
    ret

#: lock on a comparison
    .byte 0xf0, 0x48, 0x39, 0x07 # <-
    ret

#: lock on an addition from memory
    .byte 0xf0, 0x48, 0x03, 0x07 # <-
    ret

#: lock twice
    .byte 0xf0, 0xf0, 0x65, 0x67, 0xff, 0x07 # <-
    ret

#: a return with rep
    .byte 0xf3, 0xc3 # <-

#: a return with bnd
    .byte 0xf2, 0xc3 # <-

#: a return with an operand size: 16 bits of address on some processors
    .byte 0x66, 0xc3 # <-

#: a call with an operand size
    .byte 0x66, 0xe8, 0x01, 0x00, 0x00, 0x00 # <-
    ret
    ret

#: a jump with an operand size
    .byte 0x66, 0xe9, 0x00, 0x00, 0x00, 0x00 # <-
    ret

#: a branch with an operand size
    .byte 0x66, 0x0f, 0x84, 0x00, 0x00, 0x00, 0x00 # <-
    ret

#: a branch with a hint
    .byte 0x2e, 0x74, 0x00 # <-
    ret

#: a branch with the other hint
    .byte 0x3e, 0x74, 0x00 # <-
    ret

#: a branch with bnd
    .byte 0xf2, 0x74, 0x00 # <-
    ret

#: a jump with gs
    .byte 0x65, 0xeb, 0x00 # <-
    ret

#: gs twice
    .byte 0x65, 0x65, 0x67, 0x48, 0x89, 0x07 # <-
    ret

#: gs, then fs
    .byte 0x65, 0x64, 0x67, 0x48, 0x89, 0x07 # <-
    ret

#: fs, then gs
    .byte 0x64, 0x65, 0x67, 0x48, 0x89, 0x07 # <-
    ret

#: gs, then ds, which wins on old processors
    .byte 0x65, 0x3e, 0x67, 0x48, 0x89, 0x07 # <-
    ret

#: ds
    .byte 0x3e, 0x48, 0x89, 0x07 # <-
    ret

#: ss on a native store
    .byte 0x36, 0x48, 0x89, 0x7c, 0x24, 0xf8 # <-
    ret

#: cs on a store
    .byte 0x2e, 0x48, 0x89, 0x07 # <-
    ret

#: a 32-bit address twice
    .byte 0x65, 0x67, 0x67, 0x48, 0x89, 0x07 # <-
    ret

#: an operand size twice
    .byte 0x66, 0x66, 0x89, 0xc0 # <-
    ret

#: a REX prefix before gs: it is ignored, with the register's fourth bit
    .byte 0x49, 0x65, 0x67, 0x89, 0x07 # <-
    ret

#: a REX prefix before the operand size
    .byte 0x48, 0x66, 0x89, 0xc0 # <-
    ret

#: two REX prefixes
    .byte 0x48, 0x41, 0x89, 0xc0 # <-
    ret

#: a REX prefix before VEX
    .byte 0x48, 0xc5, 0xf8, 0x57, 0xc0 # <-
    ret

#: an operand size before VEX
    .byte 0x66, 0xc5, 0xf8, 0x57, 0xc0 # <-
    ret

#: rep before VEX
    .byte 0xf3, 0xc5, 0xf8, 0x57, 0xc0 # <-
    ret

#: lock before VEX
    .byte 0xf0, 0xc5, 0xf8, 0x57, 0x07 # <-
    ret

#: 32-bit addresses on an instruction without memory
    .byte 0x67, 0x48, 0x01, 0xc0 # <-
    ret

#: 32-bit addresses on push
    .byte 0x67, 0x50 # <-
    popq %rax
    ret

#: 32-bit addresses on lea, which changes what it computes
    leaq 8(%eax), %rdi # <-
    ret

#: gs on lea, which ignores it
    .byte 0x65, 0x48, 0x8d, 0x07 # <-
    ret

#: gs on an instruction without memory
    .byte 0x65, 0x48, 0x01, 0xc0 # <-
    ret

#: repne on a move
    .byte 0xf2, 0x48, 0x89, 0xc0 # <-
    ret

#: rep on a store, which is xrelease
    .byte 0xf3, 0x65, 0x67, 0xc6, 0x07, 0x00 # <-
    ret

#: xacquire
    .byte 0xf2, 0xf0, 0x65, 0x67, 0xff, 0x07 # <-
    ret

#: an address relative to eip
    .byte 0x67, 0x8b, 0x05, 0x00, 0x00, 0x00, 0x00 # <-
    ret

#: a push of 16 bits
    pushw %ax # <-
    ret

#: an opcode nobody has defined
    .byte 0x0f, 0x04 # <-

#: an opcode that 64-bit mode took away
    .byte 0x06 # <-

#: XOP
    .byte 0x8f, 0xe8, 0x78, 0xc2, 0xc1, 0x00 # <-

#: 3DNow!
    .byte 0x0f, 0x0f, 0xc1, 0x9e # <-

#: a VEX map that does not exist
    .byte 0xc4, 0xe4, 0x78, 0x57, 0xc0 # <-

#: VEX names a register that is not used
    .byte 0xc5, 0x70, 0x28, 0xc0 # <-

#: a long no-op hidden in another opcode
    .byte 0x0f, 0x1a, 0x00 # <-

#: what no processor decodes, after the code
    ret
    .byte 0xff, 0xff # <-

#: data in text
    ret
    .quad 0xffffffffffffffff # <-

#: a jump through memory in gs
    jmpq *%gs:(%edi) # <-

#: a jump through the slot of an import, in gs
    pushq %rax
    callq fp_now@PLT
    popq %rcx
    jmpq *%gs:fp_now@GOTPCREL(%rip) # <-
