# rule: guard
# modes: wonly rw
# lowerings: compare
# A small number less ten is shifted: it may have been negative.
	movzbl (%rdi), %eax
	subq $10, %rax
	movl $20, %ecx
	shrxq %rcx, %rax, %rax
	movq %rdi, (%rdi,%rax)
	ret
