# rule: memory
# modes: wonly rw
# lowerings: segment
# Far below the frame there is no rounded one.
	pushq %rbp
	movq %rsp, %rbp
	andq $-32, %rsp
	movq %rbp, %rax
	.rept 512
	leaq -0x80000000(%rax), %rax
	.endr
	movq %rdi, -8(%rax)
	movq %rbp, %rsp
	popq %rbp
	ret
