# The rule "file": what a module's file may not hold.
#! rw segment

#: constructors
    ret
    .section .init_array, "awR", @init_array
    .quad process
    .text

#: destructors
    ret
    .section .fini_array, "awR", @fini_array
    .quad process
    .text

#: thread-local variables of its own
    movq own@GOTTPOFF(%rip), %rax
    ret
    .section .tdata, "awT", @progbits
own:
    .quad 0
    .text

#: an import of nothing the host has
    pushq %rax
    callq system@PLT
    popq %rcx
    ret

#: an import of mode none
    pushq %rax
    callq memcpy@PLT
    popq %rcx
    ret

#: the address of an import in a variable
    pushq %rax
    callq fp_now@PLT
    movq kept(%rip), %rax
    popq %rcx
    ret
    .data
kept:
    .quad fp_now
    .text

#: a thread-local variable that the host does not offer
    movq errno@GOTTPOFF(%rip), %rax
    ret

#: the stack pointer's variable by a descriptor
    pushq %rax
    leaq __fp_stack_pointer@TLSDESC(%rip), %rax
    popq %rcx
    ret

#: the stack pointer's variable by a call
    leaq __fp_stack_pointer@TLSGD(%rip), %rdi
    ret

#: text that is written to
    ret
    .section .text.written, "awxR", @progbits
    ret
    .text

#: an indirect function, which the loader would call
    pushq %rax
    callq chosen@PLT
    popq %rcx
    ret
    .type chosen, @gnu_indirect_function
chosen:
    leaq process(%rip), %rax
    ret

#: variables beyond the image's region
    movq large(%rip), %rax
    ret
    .section .bss.large, "awR", @nobits
large:
    .zero 0x20000000
    .text

#: an entry point that is data
    ret
    .data
    .globl init
    .type init, @object
init:
    .quad 0
    .text

#: an entry point that is no function
    ret
    .globl init
    .type init, @object
init:
    ret

#: an entry point in constants
    ret
    .section .rodata
    .globl fini
    .type fini, @function
fini:
    ret
    .text
