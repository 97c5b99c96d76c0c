# In `compare`, accesses that are proved near the arena on every path.
# rdi is the batch, which the host vouches for; rsi is a pointer out of it, which it does not.
#! wonly rw compare

.macro negated base
    leaq __ehdr_start(%rip), %r11
.ifc \base, %rbp
    movl %r11d, %ebp
.else
    movl %r11d, %ecx
.endif
    subq %r11, \base
.endm
.macro root
    movq 8(%rdi), %rsi
    negated %rcx
.endm
.macro guard register, sum=%rax
    leaq (\register,%rcx), \sum
    cmpq $FP_ARENA_REACH, \sum
    ja trap
.endm

# Lowering mpx: checks of register \number (6 is rsi) against the bounds of a region.
.macro lower number, bounds=FP_BOUNDS_ARENA
    .byte 0xf3, 0x0f, 0x1a, 0xc0 + 8 * \bounds + \number
.endm
.macro upper number, bounds=FP_BOUNDS_ARENA
    .byte 0xf2, 0x0f, 0x1a, 0xc0 + 8 * \bounds + \number
.endm

#: the batch, which the host vouches for
    movq 8(%rdi), %rax
    movq %rax, 16(%rdi)
    ret

#: a guard, as the compiler writes it
    root
    guard %rsi
    movq %rdi, (%rsi)
    movq 64(%rsi), %rax
    ret
trap:
    ud2

#: a guard with the sum in the root's register
    movq 8(%rdi), %rsi
    negated %rcx
    movq %rsi, %rdx
    addq %rcx, %rsi
    cmpq $FP_ARENA_REACH, %rsi
    ja trap
    movq %rdi, (%rdx)
    ret
trap:
    ud2

#: a guard by subtraction of the base
    movq 8(%rdi), %rsi
    leaq __ehdr_start-FP_IMAGE_OFFSET(%rip), %rcx
    movq %rsi, %rax
    subq %rcx, %rax
    cmpq $FP_ARENA_REACH, %rax
    ja trap
    movq %rdi, (%rsi)
    ret
trap:
    ud2

#: a guard whose branch goes to the access
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    jbe 1f
    ud2
1:  movq %rdi, (%rsi)
    ret

#: a guard with its operands exchanged
    root
    movl $FP_ARENA_REACH, %edx
    leaq (%rsi,%rcx), %rax
    cmpq %rax, %rdx
    jb trap
    movq %rdi, (%rsi)
    ret
trap:
    ud2

#: a guard by a shift: the upper 33 bits are zero
    root
    leaq (%rsi,%rcx), %rax
    cmpq $0x10000, %rax
    jae trap
    movq %rdi, (%rsi)
    ret
trap:
    ud2

#: a wrong pointer that is no further off than the guard zone
    root
    guard %rsi
    movq %rdi, -FP_GUARD_ZONE(%rsi)
    movq %rdi, 0x7ffffff8(%rsi)
    ret
trap:
    ud2

#: guards on both paths
    root
    testq %rdi, %rdi
    je 1f
    guard %rsi
    jmp 2f
1:  guard %rsi, %rdx
2:  movq %rdi, (%rsi)
    ret
trap:
    ud2

#: a guard before paths part and meet, in a loop that loads another root
    movq %rdi, %r8
1:  root
    guard %rsi
    testq $1, 24(%r8)
    je 2f
    movq %rdi, (%rsi)
2:  movq %rdi, 8(%rsi)
    testq $1, 32(%r8)
    jne 1b
    ret
trap:
    ud2

#: a guarded root on one path, the batch on the other
    root
    testq $1, 16(%rdi)
    je 1f
    guard %rsi
    jmp 2f
1:  movq %rdi, %rsi
2:  movq %rdi, (%rsi)
    ret
trap:
    ud2

#: a root kept over a call
    pushq %rbx
    movq 8(%rdi), %rbx
    negated %rcx
    guard %rbx
    callq f
    movq %rbx, (%rbx)
    popq %rbx
    ret
trap:
    ud2
f:  xorl %eax, %eax
    ret

#: a base kept over a call
    pushq %rbx
    pushq %rbp
    pushq %rax
    movq 8(%rdi), %rbx
    negated %rbp
    callq f
    leaq (%rbx,%rbp), %rax
    cmpq $FP_ARENA_REACH, %rax
    ja trap
    movq %rbx, (%rbx)
    popq %rcx
    popq %rbp
    popq %rbx
    ret
trap:
    ud2
f:  xorl %eax, %eax
    ret

#: a root spilled and reloaded
    root
    guard %rsi
    movq %rsi, -8(%rsp)
    movq 16(%rdi), %rsi
    movq -8(%rsp), %rdx
    movq %rsi, (%rdx)
    ret
trap:
    ud2

#: a base spilled and reloaded
    root
    movq %rcx, -16(%rsp)
    xorl %ecx, %ecx
    movq %rdi, -8(%rsp)
    movq -16(%rsp), %rcx
    guard %rsi
    movq %rdi, (%rsi)
    ret
trap:
    ud2

#: a root copied, exchanged, pushed and popped
    root
    guard %rsi
    movq %rsi, %rdx
    xchgq %rdx, %rax
    pushq %rax
    popq %r8
    movq %rdi, (%r8)
    ret
trap:
    ud2

#: a root with a constant added after the check
    root
    guard %rsi
    addq $24, %rsi
    movq %rdi, (%rsi)
    leaq -48(%rsi), %rsi
    movq %rdi, (%rsi)
    ret
trap:
    ud2

#: a root moved conditionally between two guarded ones
    root
    guard %rsi
    testq $1, 16(%rdi)
    movq %rdi, %rdx
    cmoveq %rsi, %rdx
    movq %rdi, (%rdx)
    ret
trap:
    ud2

#: an index of a byte
    root
    guard %rsi
    movzbl 16(%rdi), %edx
    movq %rdi, (%rsi,%rdx,8)
    ret
trap:
    ud2

#: an index of a signed byte
    root
    guard %rsi
    movsbq 16(%rdi), %rdx
    movq %rdi, (%rsi,%rdx,8)
    ret
trap:
    ud2

#: an index masked
    root
    guard %rsi
    movq 16(%rdi), %rdx
    andl $0xfff, %edx
    movq %rdi, (%rsi,%rdx,8)
    ret
trap:
    ud2

#: an index shifted down
    root
    guard %rsi
    movl 16(%rdi), %edx
    shrl $12, %edx
    movq %rdi, (%rsi,%rdx,8)
    ret
trap:
    ud2

#: an index checked
    root
    guard %rsi
    movq 16(%rdi), %rdx
    cmpq $1000, %rdx
    jae trap
    movq %rdi, (%rsi,%rdx,8)
    ret
trap:
    ud2

#: an index of 32 bits checked
    root
    guard %rsi
    movl 16(%rdi), %edx
    cmpl $1000, %edx
    jae trap
    movq %rdi, (%rsi,%rdx,8)
    ret
trap:
    ud2

#: an index into the module's own variables
    movzbl 16(%rdi), %edx
    leaq variable(%rip), %rax
    movb $1, (%rax,%rdx)
    ret

#: an address made of the base and 31 bits
    leaq __ehdr_start-FP_IMAGE_OFFSET(%rip), %rcx
    movl 16(%rdi), %edx
    andl $FP_ARENA_REACH, %edx
    movq %rdi, (%rcx,%rdx)
    ret

#: the module stack, checked at both ends against the host's limit
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movq %fs:(%rcx), %rax
    subq $32, %rax
    movq __fp_stack_limit@GOTTPOFF(%rip), %rdx
    movq %rax, %rsi
    subq %fs:(%rdx), %rsi
    cmpq $0xfffe0, %rsi
    ja trap
    movq %rax, %fs:(%rcx)
    movq %rdi, 16(%rax)
    addq $32, %rax
    movq %rax, %fs:(%rcx)
    ret
trap:
    ud2

#: the module stack's lowest byte
    movq __fp_stack_limit@GOTTPOFF(%rip), %rdx
    movq %fs:(%rdx), %rax
    movq %rdi, 8(%rax)
    ret

#: a loop that advances and touches
    root
    guard %rsi
    movq 16(%rdi), %rdx
1:  movq %rdx, (%rsi)
    addq $64, %rsi
    decq %rdx
    jne 1b
    ret
trap:
    ud2

#: a loop that goes down by no more than the guard zone
    root
    guard %rsi
    movq 16(%rdi), %rdx
1:  movq %rdx, (%rsi)
    subq $0x1000, %rsi
    decq %rdx
    jne 1b
    ret
trap:
    ud2

#: a loop over a counter and a fixed root
    root
    guard %rsi
    xorl %edx, %edx
1:  movq %rdi, (%rsi,%rdx,8)
    incq %rdx
    cmpq $64, %rdx
    jne 1b
    ret
trap:
    ud2

#: below what was touched
    root
    guard %rsi
    movb $0, -0xf000(%rsi)
    movq %rdi, -0x1e000(%rsi)
    ret
trap:
    ud2

#: the second byte of a register that is no part of the root
    root
    guard %rsi
    movl 16(%rdi), %edx
    movb %dh, %al
    movb %al, (%rsi)
    ret
trap:
    ud2

#: an unguarded read in wonly [wonly]
    movq 8(%rdi), %rsi
    movq (%rsi), %rax
    movq (%rax,%rsi,8), %rax
    ret

#: a check as the compiler writes it [mpx]
    movq 8(%rdi), %rsi
    lower 6
    upper 6
    movq %rdi, (%rsi)
    movq 64(%rsi), %rax
    ret

#: a check of a new register [mpx]
    movq 8(%rdi), %r9
    .byte 0xf3, 0x41, 0x0f, 0x1a, 0xd9
    .byte 0xf2, 0x41, 0x0f, 0x1a, 0xd9
    movq %rdi, (%r9)
    ret

#: a check, upper bound first [mpx]
    movq 8(%rdi), %rsi
    upper 6
    lower 6
    movq %rdi, (%rsi)
    ret

#: a check as far below as nothing is mapped [mpx]
    movq 8(%rdi), %rsi
    lower 6
    upper 6
    movq %rdi, -FP_GUARD_ZONE(%rsi)
    ret

#: a check against the packets, and further below than the guard zone [mpx]
    movq 8(%rdi), %rsi
    lower 6, FP_BOUNDS_PACKETS
    upper 6, FP_BOUNDS_PACKETS
    movq %rdi, -FP_PACKETS_OFFSET(%rsi)
    ret

#: a check against image and heap [mpx]
    movq 8(%rdi), %rsi
    lower 6, FP_BOUNDS_OBJECTS
    upper 6, FP_BOUNDS_OBJECTS
    movq %rdi, -FP_IMAGE_OFFSET-FP_GUARD_ZONE(%rsi)
    ret

#: a check against the module stack [mpx]
    movq 8(%rdi), %rsi
    lower 6, FP_BOUNDS_STACK
    upper 6, FP_BOUNDS_STACK
    movq %rdi, (%rsi)
    ret

#: a check of each bound on a register of its own, with the same value [mpx]
    movq 8(%rdi), %rsi
    movq %rsi, %rax
    lower 6
    upper 0
    movq %rdi, (%rsi)
    movq %rdi, (%rax)
    ret

#: a check of a pointer that is a copy by the time it is used [mpx]
    movq 8(%rdi), %rsi
    lower 6
    upper 6
    leaq 8(%rsi), %rdx
    xorl %esi, %esi
    movq %rdi, -8(%rdx)
    ret

#: a check on both ways [mpx]
    movq 8(%rdi), %rsi
    testq %rdi, %rdi
    je 1f
    lower 6
    upper 6
    jmp 2f
1:  lower 6, FP_BOUNDS_STACK
    upper 6, FP_BOUNDS_STACK
2:  movq %rdi, (%rsi)
    ret

#: a check before a call, of a register that is kept [mpx]
    pushq %rbx
    movq 8(%rdi), %rbx
    lower 3
    callq f
    upper 3
    callq f
    movq %rbx, (%rbx)
    popq %rbx
    ret
f:  ret

#: a check before a loop that walks [mpx]
    movq 8(%rdi), %rsi
    lower 6
    upper 6
    xorl %eax, %eax
1:  movq %rdi, (%rsi)
    addq $64, %rsi
    incl %eax
    cmpl $1000, %eax
    jne 1b
    ret

#: a check of the address that was turned over at its top bit, which is to add it [mpx]
    movq 8(%rdi), %rsi
    movabsq $-9223372036854775808, %rdx
    movq %rsi, %rax
    xorq %rdx, %rax
    lower 0
    upper 0
    movq %rdi, (%rsi,%rdx)
    ret

#: bounds of a pointer in memory, as the compiler loads and stores them [pointer mpx]
    movq 8(%rdi), %rsi
    lower 6
    upper 6
    movq (%rsi), %rax
    .byte 0x0f, 0x1a, 0x14, 0x06
    nop
    leaq variable(%rip), %rcx
    .byte 0x66, 0x0f, 0x1b, 0x11
    movq variable(%rip), %rdx
    movq %rax, 8(%rsi)
    .byte 0xf3, 0x0f, 0x1b, 0x14, 0x02
    .byte 0x0f, 0x1b, 0x54, 0x06, 0x08
    nop
    nop
    ret

#: bounds of a pointer that may be anything [pointer mpx]
    movq 8(%rdi), %rsi
    .byte 0x0f, 0x1a, 0x14, 0x37
    nop
    ret

#: memory that was touched, for a guard [pointer mpx]
    movq 8(%rdi), %rsi
    lower 6
    upper 6
    leaq 0x7fff0000(%rsi), %rsi
    movq (%rsi), %rax
    leaq 0x7fff0000(%rsi), %rsi
    movq %rdi, (%rsi)
    ret
