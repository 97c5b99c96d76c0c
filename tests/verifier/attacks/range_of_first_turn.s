# rule: guard
# modes: wonly rw
# lowerings: compare
# What a loop computes in its first turn is small, later it is not.
	xorl %eax, %eax
1:	movq %rax, %rcx
	orq $1, %rcx
	movq %rdi, (%rdi,%rcx)
	movq (%rdi), %rax
	testl $1, (%rdi)
	jne 1b
	ret
