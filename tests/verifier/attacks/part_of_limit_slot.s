# rule: guard
# modes: wonly rw
# lowerings: compare
# One byte of the slot of the stack's limit is not all of it.
	movq __fp_stack_limit@GOTTPOFF(%rip), %rax
	movzbl __fp_stack_limit@GOTTPOFF(%rip), %ecx
	subq %rcx, %rax
	shlq $10, %rax
	movq %rdi, (%rdi,%rax)
	ret
