# The rule "branch": control goes where there is no instruction.
#! rw segment

#: a jump into an instruction [wonly rw segment compare]
    jmp 1f+1 # <-
1:  movl $0x90909090, %eax
    ret

#: a jump to a system call inside a constant [wonly rw segment compare]
    jmp 1f+2 # <-
1:  movabsq $0xc3050f90, %rax
    ret

#: a branch into an instruction
    testq %rdi, %rdi
    je 1f+1 # <-
1:  movl $0x90909090, %eax
    ret

#: a branch past the prefixes that confine a store
    testq %rdi, %rdi
    je 1f+1 # <-
1:  movq %rdi, %gs:(%edi)
    ret

#: a branch past both prefixes that confine a store
    testq %rdi, %rdi
    je 1f+2 # <-
1:  movq %rdi, %gs:(%edi)
    ret

#: a branch past a lock prefix
    testq %rdi, %rdi
    je 1f+1 # <-
1:  lock incl %gs:(%edi)
    ret

#: overlapping instructions: a jump into itself
    .byte 0xeb, 0xff # <-
    rolb $1, %al
    ret

#: a call into an instruction
    pushq %rax
    callq 1f+1 # <-
    popq %rax
    ret
1:  movl $0xc3909090, %eax
    ret

#: a call into the stub of an import [wonly rw segment compare]
    pushq %rax
    callq fp_now@PLT+1 # <-
    callq fp_now@PLT
    popq %rcx
    ret

#: a jump into variables [wonly rw segment compare]
    jmp variable # <-

#: a call of constants
    pushq %rax
    callq constant # <-
    popq %rax
    ret

#: a jump before text
    jmp process-0x1000 # <-

#: a jump before the arena
    .byte 0xe9, 0x00, 0x00, 0x00, 0x80 # <-

#: a jump past text
    .byte 0xe9, 0xff, 0xff, 0xff, 0x7f # <-

#: a jump through a variable [wonly rw segment compare]
    jmpq *variable(%rip) # <-

#: a jump through a constant
    jmpq *constant(%rip) # <-

#: a jump through the slot of a variable of the host [wonly rw segment compare]
    movq __fp_stack_limit@GOTTPOFF(%rip), %rcx
    jmpq *__fp_stack_limit@GOTTPOFF(%rip) # <-

#: a jump through memory that the module addresses [wonly rw segment compare]
    jmpq *(%rdi) # <-

#: a jump through the native stack
    movq %rdi, -8(%rsp)
    jmpq *-8(%rsp) # <-

#: a jump through the return address
    jmpq *(%rsp) # <-

#: a jump beside the slot of an import
    pushq %rax
    callq fp_now@PLT
    popq %rcx
    jmpq *fp_now@GOTPCREL+1(%rip) # <-

#: a relocated pointer into an instruction
1:  movl $0x90909090, %eax
    ret
    .section .data.kept, "awR", @progbits
    .quad 1b+1
    .text
