# rule: stack
# modes: wonly rw
# lowerings: segment compare
# A callee-saved register is restored from where a callee has written meanwhile.
	pushq %rbp
	movq %rsp, %rbp
	movabsq $0x1234500000, %rdi
	callq g
	movq $1, -8(%rbp)
	popq %rbp
	ret
g:	subq $1000, %rsp
	movq %rbp, 96(%rsp)
	addq $1000, %rsp
	pushq %rax
	callq f
	popq %rax
	movq -904(%rsp), %rbp
	ret
f:
	subq $1000, %rsp
	.set at, 0
	.rept 125
	movq %rdi, at(%rsp)
	.set at, at + 8
	.endr
	addq $1000, %rsp
	ret
