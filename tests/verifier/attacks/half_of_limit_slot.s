# rule: guard
# modes: wonly rw
# lowerings: compare
# Nor are four bytes.
	movq __fp_stack_limit@GOTTPOFF(%rip), %rax
	movl __fp_stack_limit@GOTTPOFF(%rip), %ecx
	subq %rcx, %rax
	movq %rdi, (%rdi,%rax)
	ret
