# The rule "guard": in `compare`, an access whose address is not proved near the arena on every path.
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

#: no guard at all
    movq 8(%rdi), %rsi
    movq %rdi, (%rsi) # <-
    ret

#: no guard, atomics: xadd
    movq 8(%rdi), %rsi
    lock xaddq %rdi, (%rsi) # <-
    ret

#: no guard, atomics: xchg
    movq 8(%rdi), %rsi
    xchgq %rdi, (%rsi) # <-
    ret

#: no guard, atomics: cmpxchg
    movq 8(%rdi), %rsi
    xorl %eax, %eax
    cmpxchgq %rdi, (%rsi) # <-
    ret

#: no guard, popped into memory
    movq 8(%rdi), %rsi
    pushq %rdi
    popq (%rsi) # <-
    ret

#: no guard, pushed from memory [rw]
    movq 8(%rdi), %rsi
    pushq (%rsi) # <-
    popq %rax
    ret

#: no guard, a masked store
    movq 8(%rdi), %rsi
    vxorps %xmm0, %xmm0, %xmm0
    vpmaskmovd %xmm0, %xmm0, (%rsi) # <-
    ret

#: no guard, a store that leaves the cache aside
    movq 8(%rdi), %rsi
    movntiq %rdi, (%rsi) # <-
    ret

#: no guard, a load [rw]
    movq 8(%rdi), %rsi
    movq (%rsi), %rax # <-
    ret

#: no guard, a comparison with memory [rw]
    movq 8(%rdi), %rsi
    cmpq $0, (%rsi) # <-
    ret

#: no guard, a conditional move from memory [rw]
    movq 8(%rdi), %rsi
    testq %rdi, %rdi
    cmoveq (%rsi), %rdi # <-
    ret

#: the second argument, which the host does not pass [wonly]
    movq %rdi, (%rsi) # <-
    ret

#: what an import returned
    pushq %rax
    callq fp_heap_start@PLT
    movq $0, (%rax) # <-
    popq %rcx
    ret

#: the batch of a process() that the module calls itself
    movq %rdi, 8(%rdi) # <-
    jmp f
    callq process
    ret
f:  xorl %eax, %eax
    ret

#: the argument of fini()
    ret
    .globl fini
    .type fini, @function
fini:
    movb $0, (%rdi) # <-
    ret

#: the argument of a function of the module's own
    root
    guard %rsi
    pushq %rax
    movq %rsi, %rdi
    callq f
    popq %rcx
    ret
trap:
    ud2
f:  movq %rdi, (%rdi) # <-
    ret

#: a guard in a function that is called
    movq 8(%rdi), %rsi
    pushq %rbx
    movq %rsi, %rbx
    callq check
    movq %rbx, (%rbx) # <-
    popq %rbx
    ret
check:
    negated %rcx
    guard %rsi
    ret
trap:
    ud2

#: the module stack pointer as it was found
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movq %fs:(%rcx), %rax
    movq %rdi, -16(%rax) # <-
    ret

#: the module stack pointer checked against itself
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movq %fs:(%rcx), %rax
    leaq -16(%rax), %rdx
    subq %fs:(%rcx), %rdx
    cmpq $0xffff0, %rdx
    ja trap
    movq %rdi, -16(%rax) # <-
    ret
trap:
    ud2

#: the module stack pointer checked at one end only
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movq %fs:(%rcx), %rax
    movq __fp_stack_limit@GOTTPOFF(%rip), %rdx
    cmpq %fs:(%rdx), %rax
    jb trap
    movq %rdi, (%rax) # <-
    ret
trap:
    ud2

#: the wrong immediate: all but 2 GiB of all addresses
    root
    leaq (%rsi,%rcx), %rax
    cmpq $-0x80000000, %rax
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the wrong immediate: twice the arena
    root
    movabsq $0x1ffffffff, %rdx
    leaq (%rsi,%rcx), %rax
    cmpq %rdx, %rax
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a limit from memory
    root
    leaq (%rsi,%rcx), %rax
    cmpq 16(%rdi), %rax
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a signed comparison
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    jg trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a comparison for equality
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    je trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a branch on overflow
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    jo trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a branch on parity
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    jp trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the branch inverted
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    jbe trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the operands of the comparison exchanged
    root
    movl $FP_ARENA_REACH, %edx
    leaq (%rsi,%rcx), %rax
    cmpq %rax, %rdx
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the branch goes where the access is
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    ja 1f
    nop
1:  movq %rdi, (%rsi) # <-
    ret

#: no branch
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    movq %rdi, (%rsi) # <-
    ret

#: a test instead of a comparison
    root
    leaq (%rsi,%rcx), %rax
    testq $FP_ARENA_REACH, %rax
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the lower half of the sum compared
    root
    leaq (%rsi,%rcx), %rax
    cmpl $FP_ARENA_REACH, %eax
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the lower half of the sum computed: dirty upper bits
    root
    leal (%rsi,%rcx), %eax
    cmpq $FP_ARENA_REACH, %rax
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the sum cut to 32 bits
    root
    leaq (%rsi,%rcx), %rax
    movl %eax, %eax
    cmpq $FP_ARENA_REACH, %rax
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: 16 bits of the sum compared
    root
    leaq (%rsi,%rcx), %rax
    cmpw $0x7fff, %ax
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the wrong register compared
    root
    leaq (%rdi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the base compared
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rcx
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: another base
    movq 8(%rdi), %rsi
    movq 16(%rdi), %rcx
    guard %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a base that is not negated
    movq 8(%rdi), %rsi
    leaq __ehdr_start-FP_IMAGE_OFFSET(%rip), %rcx
    guard %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a base far below the arena
    movq 8(%rdi), %rsi
    leaq __ehdr_start-0x40000(%rip), %rcx
    negq %rcx
    guard %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a base that moves with the image, and a byte that is as far off as can be
    movq 8(%rdi), %rsi
    leaq __ehdr_start-FP_IMAGE_OFFSET(%rip), %rcx
    negq %rcx
    guard %rsi
    movq %rdi, 0x7ffffff8(%rsi) # <-
    ret
trap:
    ud2

#: no base: the address itself compared
    movq 8(%rdi), %rsi
    cmpq $FP_ARENA_REACH, %rsi
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a base of 32 bits
    movq 8(%rdi), %rsi
    leal __ehdr_start-FP_IMAGE_OFFSET(%rip), %ecx
    negq %rcx
    guard %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a base negated in its lower half
    movq 8(%rdi), %rsi
    leaq __ehdr_start-FP_IMAGE_OFFSET(%rip), %rcx
    negl %ecx
    guard %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a base on one path only
    movq 8(%rdi), %rsi
    xorl %ecx, %ecx
    testq %rsi, %rsi
    je 1f
    negated %rcx
1:  guard %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a base lost in a call [wonly]
    pushq %rbx
    movq 8(%rdi), %rbx
    negated %rcx
    callq f
    guard %rbx
    movq %rbx, (%rbx) # <-
    popq %rbx
    ret
trap:
    ud2
f:  movl $1, %eax
    movl $1, %ecx
    ret

#: a base whose slot was overwritten
    root
    movq %rcx, -8(%rsp)
    movb $0, -4(%rsp)
    movq -8(%rsp), %rcx
    guard %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a base whose slot was overwritten by a vector
    xorps %xmm0, %xmm0
    root
    movq %rcx, -16(%rsp)
    movups %xmm0, -24(%rsp)
    movq -16(%rsp), %rcx
    guard %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a guard after the access
    root
    movq %rdi, (%rsi) # <-
    guard %rsi
    ret
trap:
    ud2

#: a guard on one path only
    root
    testq %rdi, %rdi
    je 1f
    guard %rsi
1:  movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a guard before paths part, the root loaded anew on one of them
    movq %rdi, %r8
    root
    guard %rsi
    testq $1, 24(%r8)
    je 1f
    movq 8(%r8), %rsi
1:  movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a guard before a loop, in which paths part and meet and the root is loaded anew for the next turn
    movq %rdi, %r8
    root
    guard %rsi
1:  testq $1, 24(%r8)
    je 2f
    nop
2:  movq %rdi, (%rsi) # <-
    movq 8(%r8), %rsi
    testq $1, 32(%r8)
    jne 1b
    ret
trap:
    ud2

#: guards of different roots on two paths
    root
    testq %rdi, %rdi
    je 1f
    guard %rsi
    jmp 2f
1:  guard %rdi
2:  movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a guard that is jumped over by a switch
    root
    cmpl $3, (%rdi)
    je 1f
    cmpl $4, (%rdi)
    je 2f
1:  guard %rsi
2:  movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a guard in a loop's first turn only
    root
    guard %rsi
1:  movq %rdi, (%rsi) # <-
    movq 16(%rdi), %rsi
    testq %rsi, %rsi
    jne 1b
    ret
trap:
    ud2

#: the flags changed between comparison and branch
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    addq $1, %rax
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: half of the flags changed between comparison and branch
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    incq %rax
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the carry inverted between comparison and branch
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    cmc
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the carry set between comparison and branch
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    stc
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the flags changed by a vector comparison
    xorps %xmm0, %xmm0
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    ucomisd %xmm0, %xmm0
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the flags changed by a bit test
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    btq $3, %rax
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the flags changed by a shift
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    shrq $60, %rax
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the flags changed by a rotation
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    rolq $1, %rax
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the flags changed by population count
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    popcntq %rdi, %rax
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the flags changed by an exchange-and-add [wonly]
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    xaddq %rdx, %rax
    ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the flags of one path
    root
    leaq (%rsi,%rcx), %rax
    cmpq $7, %rax
    je 1f
    cmpq $FP_ARENA_REACH, %rax
1:  ja trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root replaced after the check
    root
    guard %rsi
    movq 16(%rdi), %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root loaded again after the check
    root
    guard %rsi
    movq 8(%rdi), %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root's low byte replaced after the check, and far from it
    root
    guard %rsi
    movb %dil, %sil
    movq %rdi, -0x10000(%rsi) # <-
    ret
trap:
    ud2

#: the root's second byte replaced after the check
    movq 8(%rdi), %rbx
    xorl %ebx, %ebx
    ud2
    movq 8(%rdi), %rdx
    negated %rcx
    guard %rdx
    movb $0, %dh
    movq %rdi, -0x10000(%rdx)
    ret
trap:
    ud2
    .globl init
    .type init, @function
init:
    movq 8(%rdi), %rdx
    negated %rcx
    guard %rdx
    movb %al, %dh
    movq %rdi, -0x10000(%rdx) # <-
    xorl %eax, %eax
    ret

#: the root's lower half replaced after the check
    root
    guard %rsi
    movl 16(%rdi), %esi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root cut to its lower half after the check
    root
    guard %rsi
    movl %esi, %esi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root sign-extended after the check
    root
    guard %rsi
    movslq %esi, %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root added to after the check
    root
    guard %rsi
    addq 16(%rdi), %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root added to by xadd after the check
    root
    guard %rsi
    movq 16(%rdi), %rdx
    xaddq %rdx, %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root exchanged by xadd after the check
    root
    guard %rsi
    movq 16(%rdi), %rdx
    xaddq %rsi, %rdx
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root exchanged after the check
    root
    guard %rsi
    movq 16(%rdi), %rdx
    xchgq %rdx, %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root exchanged with memory after the check
    root
    guard %rsi
    xchgq %rsi, 16(%rdi)
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root moved conditionally after the check
    root
    guard %rsi
    movq 16(%rdi), %rdx
    testq %rdx, %rdx
    cmovneq %rdx, %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root compared and exchanged after the check
    root
    guard %rsi
    movq 16(%rdi), %rdx
    cmpxchgq %rdx, %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root in rax, which cmpxchg loads
    movq 8(%rdi), %rax
    negated %rcx
    guard %rax, %rdx
    cmpxchgq %rdi, 16(%rdi)
    movq %rdi, (%rax) # <-
    ret
trap:
    ud2

#: the root in rdx, which is divided into
    movq 8(%rdi), %rdx
    negated %rcx
    guard %rdx
    divq 16(%rdi)
    movq %rdi, (%rdx) # <-
    ret
trap:
    ud2

#: the root in rdx, which is multiplied into
    movq 8(%rdi), %rdx
    negated %rcx
    guard %rdx
    mulq 16(%rdi)
    movq %rdi, (%rdx) # <-
    ret
trap:
    ud2

#: the root multiplied into by mulx, its first result
    root
    guard %rsi
    movq 16(%rdi), %rdx
    mulxq %rdx, %rsi, %rax
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root multiplied into by mulx, its second result
    root
    guard %rsi
    movq 16(%rdi), %rdx
    mulxq %rdx, %rax, %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root byte-swapped after the check
    root
    guard %rsi
    bswapq %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root negated after the check
    root
    guard %rsi
    negq %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root shifted after the check
    root
    guard %rsi
    shlq $1, %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root rotated after the check
    root
    guard %rsi
    rorq $8, %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root double-shifted after the check
    root
    guard %rsi
    shldq $8, %rdi, %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a bit of the root set after the check
    root
    guard %rsi
    btsq $40, %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root scanned into after the check
    root
    guard %rsi
    movq 16(%rdi), %rsi
    bsfq 24(%rdi), %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root replaced by a vector's lane after the check
    movups 16(%rdi), %xmm0
    root
    guard %rsi
    movq %xmm0, %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root replaced by a carry after the check
    root
    guard %rsi
    adcq 16(%rdi), %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root lost in a call [wonly]
    root
    guard %rsi
    pushq %rdi
    callq f
    popq %rdi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2
f:  movl $1, %esi
    ret

#: the root lost in a call out [wonly]
    root
    guard %rsi
    pushq %rdi
    callq fp_now@PLT
    popq %rdi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root popped over
    root
    guard %rsi
    pushq 16(%rdi)
    popq %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root's slot overwritten
    root
    movq %rsi, -8(%rsp)
    guard %rsi
    movq 16(%rdi), %rdx
    movq %rdx, -8(%rsp)
    movq -8(%rsp), %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: one byte of the root's slot overwritten
    root
    movq %rsi, -8(%rsp)
    guard %rsi
    movb $1, -3(%rsp)
    movq -8(%rsp), %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root's slot overwritten by a store that begins below it
    root
    movq %rsi, -8(%rsp)
    guard %rsi
    movq %rdi, -12(%rsp)
    movq -8(%rsp), %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root's slot added to
    root
    movq %rsi, -8(%rsp)
    guard %rsi
    movq 16(%rdi), %rdx
    addq %rdx, -8(%rsp)
    movq -8(%rsp), %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root's slot exchanged
    root
    movq %rsi, -8(%rsp)
    guard %rsi
    movq 16(%rdi), %rdx
    xchgq %rdx, -8(%rsp)
    movq -8(%rsp), %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root's slot overwritten through a copy of the stack pointer
    root
    movq %rsi, -8(%rsp)
    guard %rsi
    movq 16(%rdi), %rdx
    leaq -64(%rsp), %rax
    movq %rdx, 56(%rax)
    movq -8(%rsp), %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root's slot overwritten under a masked store [wonly]
    movups 16(%rdi), %xmm0
    root
    movq %rsi, -8(%rsp)
    guard %rsi
    vpmaskmovq %xmm0, %xmm0, -16(%rsp)
    movq -8(%rsp), %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root's slot given up to a call [wonly]
    root
    guard %rsi
    movq %rsi, -24(%rsp)
    pushq %rdi
    callq f
    popq %rdi
    movq -24(%rsp), %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2
f:  movq $1, -8(%rsp)
    ret

#: half of the root reloaded
    root
    movq %rsi, -8(%rsp)
    guard %rsi
    movl -8(%rsp), %esi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: the root reloaded from beside its slot
    root
    movq %rsi, -16(%rsp)
    movq %rsi, -8(%rsp)
    guard %rsi
    movq -12(%rsp), %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: another register than the one checked
    root
    movq 16(%rdi), %rdx
    guard %rsi
    movq %rdi, (%rdx) # <-
    ret
trap:
    ud2

#: twice the root
    root
    guard %rsi
    movq %rdi, (%rsi,%rsi) # <-
    ret
trap:
    ud2

#: the root scaled
    root
    guard %rsi
    movq %rdi, (,%rsi,2) # <-
    ret
trap:
    ud2

#: the root and the base
    root
    guard %rsi
    movq %rdi, (%rsi,%rcx) # <-
    ret
trap:
    ud2

#: an offset one byte below the guard zone
    root
    guard %rsi
    movq %rdi, -FP_GUARD_ZONE-1(%rsi) # <-
    ret
trap:
    ud2

#: an offset far below the guard zone
    root
    guard %rsi
    movq %rdi, -0x7ffffff0(%rsi) # <-
    ret
trap:
    ud2

#: an offset that leaves the arena above
    root
    guard %rsi
    leaq 0x7fffffff(%rsi), %rsi
    movq %rdi, 0x7fffffff(%rsi) # <-
    ret
trap:
    ud2

#: the last byte of an access leaves the arena
    root
    guard %rsi
    leaq 0x7ffffffa(%rsi), %rsi
    movq %rdi, 0(%rsi) # <-
    ret
trap:
    ud2

#: an index from anywhere
    root
    guard %rsi
    movq 16(%rdi), %rdx
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index of 32 bits
    root
    guard %rsi
    movl 16(%rdi), %edx
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index of 31 bits and a sign
    root
    guard %rsi
    movslq 16(%rdi), %rdx
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index of 16 bits and a sign, scaled
    root
    guard %rsi
    movswq 16(%rdi), %rdx
    movq %rdi, (%rsi,%rdx,8) # <-
    ret
trap:
    ud2

#: an index of 8 bits and a sign, extended to 32 bits
    root
    guard %rsi
    movsbl 16(%rdi), %edx
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index checked by a signed comparison
    root
    guard %rsi
    movq 16(%rdi), %rdx
    cmpq $255, %rdx
    jg trap
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index checked in its lower half
    root
    guard %rsi
    movq 16(%rdi), %rdx
    cmpl $255, %edx
    ja trap
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index checked in its low byte
    root
    guard %rsi
    movq 16(%rdi), %rdx
    cmpb $100, %dl
    ja trap
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index checked on one path
    root
    guard %rsi
    movq 16(%rdi), %rdx
    testq %rdi, %rdi
    je 1f
    cmpq $255, %rdx
    ja trap
1:  movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index masked in its low byte: dirty upper bits
    root
    guard %rsi
    movq 16(%rdi), %rdx
    andb $15, %dl
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index whose low byte is set by a condition: dirty upper bits
    root
    guard %rsi
    movq 16(%rdi), %rdx
    testq %rdi, %rdi
    sete %dl
    movq %rdi, (%rsi,%rdx,8) # <-
    ret
trap:
    ud2

#: an index loaded as a byte over what was there: dirty upper bits
    root
    guard %rsi
    movq 16(%rdi), %rdx
    movb 24(%rdi), %dl
    movq %rdi, (%rsi,%rdx,8) # <-
    ret
trap:
    ud2

#: an index masked with a sign
    root
    guard %rsi
    movq 16(%rdi), %rdx
    andq $-16, %rdx
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index that wraps in 32 bits: folded into an address
    root
    guard %rsi
    movzbl 16(%rdi), %edx
    leal -1(%rdx), %edx
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index decremented in 32 bits
    root
    guard %rsi
    movzbl 16(%rdi), %edx
    decl %edx
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index negated in 32 bits
    root
    guard %rsi
    movzbl 16(%rdi), %edx
    negl %edx
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index inverted
    root
    guard %rsi
    movzbl 16(%rdi), %edx
    notl %edx
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index subtracted in 32 bits
    root
    guard %rsi
    movzbl 16(%rdi), %edx
    movzbl 17(%rdi), %eax
    subl %eax, %edx
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index shifted by an unknown count
    root
    guard %rsi
    movq %rsi, %rax
    movzbl 16(%rdi), %edx
    movb 24(%rdi), %cl
    shlq %cl, %rdx
    movq %rdi, (%rax,%rdx) # <-
    ret
trap:
    ud2

#: an index multiplied
    root
    guard %rsi
    movzwl 16(%rdi), %edx
    imulq $0x100000, %rdx, %rdx
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index multiplied by itself, and again
    root
    guard %rsi
    movzwl 16(%rdi), %edx
    imulq %rdx, %rdx
    imulq %rdx, %rdx
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index spilled as 32 bits and sign-extended
    root
    guard %rsi
    movl 16(%rdi), %edx
    shrl $1, %edx
    addl %edx, %edx
    movl %edx, -8(%rsp)
    movslq -8(%rsp), %rdx
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index checked as a byte and reloaded as more: a widened load
    root
    guard %rsi
    movzbl 16(%rdi), %edx
    movb %dl, -8(%rsp)
    movl 24(%rdi), %eax
    movl %eax, -7(%rsp)
    movl -8(%rsp), %edx
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index checked in memory and loaded again
    root
    guard %rsi
    cmpl $255, 16(%rdi)
    ja trap
    movl 16(%rdi), %edx
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index from bsf: of zero it leaves what was there
    root
    guard %rsi
    movq 16(%rdi), %rdx
    bsfq 24(%rdi), %rdx
    movq %rdi, (%rsi,%rdx,8) # <-
    ret
trap:
    ud2

#: an index from bsf of 32 bits: the upper half may stay
    root
    guard %rsi
    movq 16(%rdi), %rdx
    bsfl 24(%rdi), %edx
    movq %rdi, (%rsi,%rdx,8) # <-
    ret
trap:
    ud2

#: an index from bsr: of zero it leaves what was there
    root
    guard %rsi
    movq 16(%rdi), %rdx
    bsrq 24(%rdi), %rdx
    movq %rdi, (%rsi,%rdx,8) # <-
    ret
trap:
    ud2

#: an index from a quotient
    root
    guard %rsi
    movq 16(%rdi), %rax
    xorl %edx, %edx
    divq 24(%rdi)
    movq %rdi, (%rsi,%rax) # <-
    ret
trap:
    ud2

#: an index deposited into
    root
    guard %rsi
    movq 16(%rdi), %rdx
    pdepq 24(%rdi), %rdx, %rdx
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index bounded by zeroing its high bits from an unknown one
    root
    guard %rsi
    movq 16(%rdi), %rdx
    movq 24(%rdi), %rax
    bzhiq %rax, %rdx, %rdx
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index moved conditionally over a bounded one
    root
    guard %rsi
    movzbl 16(%rdi), %edx
    testq %rdi, %rdi
    cmovneq 24(%rdi), %rdx
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: an index that a loop adds to
    root
    guard %rsi
    xorl %edx, %edx
1:  addq $0x10000, %rdx
    testq %rdx, 16(%rdi)
    jne 1b
    movq %rdi, (%rsi,%rdx) # <-
    ret
trap:
    ud2

#: a loop that advances and does not touch
    root
    guard %rsi
    movq 16(%rdi), %rdx
1:  addq $64, %rsi
    decq %rdx
    jne 1b
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a loop that advances and touches in some turns
    root
    guard %rsi
    movq 16(%rdi), %rdx
1:  addq $0x1000, %rsi
    testb $1, %dl
    je 2f
    movq %rdi, (%rsi) # <-
2:  decq %rdx
    jne 1b
    ret
trap:
    ud2

#: a loop that advances and only prefetches
    root
    guard %rsi
    movq 16(%rdi), %rdx
1:  addq $64, %rsi
    prefetcht0 (%rsi)
    decq %rdx
    jne 1b
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a loop that advances and touches under a mask
    movups 16(%rdi), %xmm0
    root
    guard %rsi
    movq 16(%rdi), %rdx
1:  vpmaskmovd %xmm0, %xmm0, (%rsi) # <-
    addq $0x1000, %rsi
    decq %rdx
    jne 1b
    ret
trap:
    ud2

#: a loop that goes down by more than the guard zone
    root
    guard %rsi
    movq 16(%rdi), %rdx
1:  movq %rdi, (%rsi) # <-
    subq $FP_GUARD_ZONE+0x1000, %rsi
    decq %rdx
    jne 1b
    ret
trap:
    ud2

#: a loop that advances by a stride from memory
    root
    guard %rsi
    movq 16(%rdi), %rdx
1:  movq %rdi, (%rsi) # <-
    addq 24(%rdi), %rsi
    decq %rdx
    jne 1b
    ret
trap:
    ud2

#: below what a masked store may have touched
    movups 16(%rdi), %xmm0
    root
    guard %rsi
    vpmaskmovd %xmm0, %xmm0, -0xf000(%rsi)
    movq %rdi, -0x1e000(%rsi) # <-
    ret
trap:
    ud2

#: below what was only prefetched
    root
    guard %rsi
    prefetcht0 -0xf000(%rsi)
    movq %rdi, -0x1e000(%rsi) # <-
    ret
trap:
    ud2

#: below what was touched, by more than the guard zone
    root
    guard %rsi
    movb $0, -0xf000(%rsi)
    movq %rdi, -0x20000(%rsi) # <-
    ret
trap:
    ud2

#: a list followed, only its head checked
    root
    guard %rsi
    movq (%rsi), %rsi
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a wild pointer turned into zero, which is in no arena
    root
    xorl %edx, %edx
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    cmovaq %rdx, %rsi
    movq %rdi, (%rsi) # <-
    ret

#: a condition stored, and another one tested
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    seta %al
    movb 16(%rdi), %al
    testb %al, %al
    jne trap
    movq %rdi, (%rsi) # <-
    ret
trap:
    ud2

#: a trap that comes back
    root
    leaq (%rsi,%rcx), %rax
    cmpq $FP_ARENA_REACH, %rax
    ja 2f
1:  movq %rdi, (%rsi) # <-
    ret
2:  nop
    jmp 1b

#: the native stack by an index
    movq 16(%rdi), %rdx
    movq %rdi, -64(%rsp,%rdx,8) # <-
    ret

#: the native stack through a register that may be something else
    movq 8(%rdi), %rsi
    leaq -64(%rsp), %rdx
    testq %rdi, %rdi
    cmoveq %rsi, %rdx
    movq %rdi, (%rdx) # <-
    ret

#: a constant address
    movq %rdi, 0x60000000 # <-
    ret

#: an entry point that the host hands no pointer, under a name of one that it does [wonly compare]
    movq %rdi, (%rdi) # <-
    ret
    .globl fini
    .type fini, @function
    .set fini, process

#: a range from a loop's first turn: a choice, masked
    xorl %eax, %eax
    movq 8(%rdi), %rsi
1:  movl $4, %edx
    cmpq $7, 16(%rdi)
    cmovbq %rax, %rdx
    andq $0x7ffffff1, %rdx
    movq %rdi, (%rdi,%rdx,8) # <-
    movq %rsi, %rax
    cmpq $5, 16(%rdi)
    jb 1b
    ret

#: a range from a loop's first turn: shifted by a register
    xorl %eax, %eax
    xorl %ecx, %ecx
    movq 8(%rdi), %rsi
1:  shrxq %rcx, %rax, %rdx
    movq %rdi, (%rdi,%rdx) # <-
    movq %rsi, %rax
    cmpq $5, 16(%rdi)
    jb 1b
    ret

#: a range from a loop's first turn: a remainder
    movl $1, %r8d
    movq 8(%rdi), %rsi
1:  xorl %edx, %edx
    movq 24(%rdi), %rax
    divq %r8
    movq %rdi, (%rdi,%rdx) # <-
    movq %rsi, %r8
    cmpq $5, 16(%rdi)
    jb 1b
    ret

#: a check of the lower bound only [mpx]
    movq 8(%rdi), %rsi
    lower 6
    movq %rdi, (%rsi) # <-
    ret

#: a check of the upper bound only [mpx]
    movq 8(%rdi), %rsi
    upper 6
    movq %rdi, (%rsi) # <-
    ret

#: a check of the lower bound twice [mpx]
    movq 8(%rdi), %rsi
    lower 6
    lower 6
    movq %rdi, (%rsi) # <-
    ret

#: a check that comes after the access [mpx]
    movq 8(%rdi), %rsi
    movq %rdi, (%rsi) # <-
    lower 6
    upper 6
    ret

#: a check half before, half after the access [mpx]
    movq 8(%rdi), %rsi
    lower 6
    movq %rdi, (%rsi) # <-
    upper 6
    ret

#: a check of two bound registers, half each [mpx]
    movq 8(%rdi), %rsi
    lower 6, FP_BOUNDS_PACKETS
    upper 6, FP_BOUNDS_STACK
    movq %rdi, (%rsi) # <-
    ret

#: a check of two pointers, half each [mpx]
    movq 8(%rdi), %rsi
    movq 16(%rdi), %rdx
    lower 6
    upper 2
    movq %rdi, (%rsi) # <-
    movq %rdi, (%rdx) # <-
    ret

#: a check of another pointer [mpx]
    movq 8(%rdi), %rsi
    movq 16(%rdi), %rdx
    lower 2
    upper 2
    movq %rdi, (%rsi) # <-
    ret

#: a check of a pointer that is changed in between [mpx]
    movq 8(%rdi), %rsi
    lower 6
    addq %rdi, %rsi
    upper 6
    movq %rdi, (%rsi) # <-
    ret

#: a check of a pointer that is moved by a constant in between [mpx]
    movq 8(%rdi), %rsi
    lower 6
    addq $8, %rsi
    upper 6
    movq %rdi, (%rsi) # <-
    ret

#: a check of a pointer that is loaded again [mpx]
    movq 8(%rdi), %rsi
    lower 6
    upper 6
    movq 8(%rdi), %rsi
    movq %rdi, (%rsi) # <-
    ret

#: a check of a pointer of which the lower half is used [mpx]
    movq 8(%rdi), %rsi
    lower 6
    upper 6
    movslq %esi, %rsi
    movq %rdi, (%rsi) # <-
    ret

#: a check of a pointer to which an index is added [mpx]
    movq 8(%rdi), %rsi
    movq 16(%rdi), %rdx
    lower 6
    upper 6
    movq %rdi, (%rsi,%rdx) # <-
    ret

#: a check of a pointer that is doubled [mpx]
    movq 8(%rdi), %rsi
    lower 6
    upper 6
    movq %rdi, (%rsi,%rsi) # <-
    ret

#: a check, and one byte further below than nothing is mapped [mpx]
    movq 8(%rdi), %rsi
    lower 6
    upper 6
    movq %rdi, -FP_GUARD_ZONE-1(%rsi) # <-
    ret

#: a check against image and heap, and one byte too far below [mpx]
    movq 8(%rdi), %rsi
    lower 6, FP_BOUNDS_OBJECTS
    upper 6, FP_BOUNDS_OBJECTS
    movq %rdi, -FP_IMAGE_OFFSET-FP_GUARD_ZONE-1(%rsi) # <-
    ret

#: a check on one of two ways [mpx]
    movq 8(%rdi), %rsi
    testq %rdi, %rdi
    je 1f
    lower 6
    upper 6
1:  movq %rdi, (%rsi) # <-
    ret

#: a check, half on each of two ways [mpx]
    movq 8(%rdi), %rsi
    testq %rdi, %rdi
    je 1f
    lower 6
    jmp 2f
1:  upper 6
2:  movq %rdi, (%rsi) # <-
    ret

#: a check on a way that is jumped over [mpx]
    movq 8(%rdi), %rsi
    jmp 1f
    lower 6
    upper 6
1:  movq %rdi, (%rsi) # <-
    ret

#: a check before a loop in which the pointer goes too far at a time [mpx]
    movq 8(%rdi), %rsi
    lower 6
    upper 6
1:  movq %rdi, (%rsi) # <-
    subq $FP_GUARD_ZONE+8, %rsi
    jmp 1b

#: a check of a pointer that a callee may change [wonly mpx]
    pushq %rax
    movq 8(%rdi), %rsi
    lower 6
    upper 6
    callq f
    movq %rsi, (%rsi) # <-
    popq %rax
    ret
f:  ret

#: a check by the callee [wonly mpx]
    pushq %rbx
    movq 8(%rdi), %rbx
    callq f
    movq %rbx, (%rbx) # <-
    popq %rbx
    ret
f:  lower 3
    upper 3
    ret

#: an entry of the bounds table for any address, loaded [pointer mpx]
    movq 8(%rdi), %rsi
    .byte 0x0f, 0x1a, 0x14, 0x3e # <-
    nop
    ret

#: an entry of the bounds table for any address, stored [pointer mpx]
    movq 8(%rdi), %rsi
    .byte 0x0f, 0x1b, 0x14, 0x3e # <-
    nop
    ret

#: an entry of the bounds table too far from what was checked [pointer mpx]
    movq 8(%rdi), %rsi
    lower 6
    upper 6
    leaq -FP_GUARD_ZONE-8(%rsi), %rsi
    .byte 0x0f, 0x1b, 0x14, 0x3e # <-
    nop
    ret

#: bounds moved to any address [pointer mpx]
    movq 8(%rdi), %rsi
    .byte 0x66, 0x0f, 0x1b, 0x16 # <-
    ret

#: an entry of the bounds table, which touches no memory, for a guard [pointer mpx]
    movq 8(%rdi), %rsi
    lower 6
    upper 6
    leaq 0x7fff0000(%rsi), %rsi
    .byte 0x0f, 0x1a, 0x14, 0x3e
    nop
    leaq 0x7fff0000(%rsi), %rsi
    movq %rdi, (%rsi) # <-
    ret
