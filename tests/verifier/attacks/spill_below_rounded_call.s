# rule: guard
# modes: wonly
# lowerings: compare
# A checked pointer is left below the stack pointer, which is then rounded; a callee writes there.
	leaq __ehdr_start-0x10000(%rip), %rcx
	movq (%rdi), %rax
	movq %rax, %rdx
	subq %rcx, %rdx
	cmpq $0x7fffffff, %rdx
	ja 9f
	pushq %rbp
	movq %rsp, %rbp
	subq $1000, %rsp
	movq %rax, 96(%rsp)
	addq $1000, %rsp
	andq $-32, %rsp
	callq f
	leaq -1000(%rbp), %rsp
	movq 96(%rsp), %rax
	movq %rdi, (%rax)
	movq %rbp, %rsp
	popq %rbp
	ret
9:	ud2
f:
	subq $1000, %rsp
	.set at, 0
	.rept 125
	movq %rdi, at(%rsp)
	.set at, at + 8
	.endr
	addq $1000, %rsp
	ret
