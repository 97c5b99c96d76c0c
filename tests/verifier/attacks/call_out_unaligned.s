# rule: stack
# modes: wonly rw
# lowerings: segment compare
# The host's code faults on a stack that is not aligned, and dies of it.
	leaq constant(%rip), %rdi
	callq fp_counter@PLT
	ret
