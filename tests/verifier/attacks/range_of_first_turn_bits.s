# rule: guard
# modes: wonly rw
# lowerings: compare
# The same through an instruction that clears bits.
	xorl %eax, %eax
1:	blsrq %rax, %rcx
	movq %rdi, (%rdi,%rcx)
	movq (%rdi), %rax
	testl $1, (%rdi)
	jne 1b
	ret
