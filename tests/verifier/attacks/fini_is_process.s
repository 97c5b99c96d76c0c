# rule: guard
# modes: wonly rw
# lowerings: compare
# fini() is another name of process(), but the host calls it with no argument.
	leaq __ehdr_start-0x10000(%rip), %rcx
	movq %rdi, %rax
	subq %rcx, %rax
	shrq $40, %rax
	movabsq $0x123456789, %rdx
	imulq %rdx, %rax
	movq %rdi, 0x20000010(%rcx,%rax)
	ret
	.globl fini
	.type fini, @function
	.set fini, process
