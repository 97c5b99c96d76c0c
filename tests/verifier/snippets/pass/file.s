# Files that hold no more than a module may.
#! wonly rw segment compare

#: every entry point
    ret
    .globl init
    .type init, @function
init:
    xorl %eax, %eax
    ret
    .globl fini
    .type fini, @function
fini:
    ret

#: variables that are zero at first
    movq $1, zeros(%rip)
    ret
    .bss
zeros:
    .zero 0x100000
    .text

#: relocated constants
    leaq table(%rip), %rax
    ret
    .section .data.rel.ro, "aw", @progbits
table:
    .quad constant, variable, table
    .text

#: every import
    pushq %rbx
    movq %rdi, %rbx
    xorl %edi, %edi
    callq fp_counter@PLT
    movq %rbx, %rdi
    callq fp_heap_size@PLT
    callq fp_heap_start@PLT
    popq %rbx
    ret
