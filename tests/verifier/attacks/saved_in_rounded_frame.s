# rule: stack
# modes: wonly rw
# lowerings: segment compare
# The same by an address kept of a rounded frame that was left.
	pushq %rbp
	movq %rsp, %rbp
	callq g
	movq $1, -8(%rbp)
	popq %rbp
	ret
g:	pushq %rbx
	movq %rsp, %rbx
	andq $-32, %rsp
	subq $1024, %rsp
	movq %rsp, %rax
	movq %rbp, (%rax)
	movq %rbx, %rsp
	pushq %rax
	subq $8, %rsp
	callq f
	addq $8, %rsp
	popq %rax
	movq (%rax), %rbp
	popq %rbx
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
