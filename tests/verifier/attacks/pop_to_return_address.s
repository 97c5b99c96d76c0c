# rule: stack
# modes: wonly rw
# lowerings: segment compare
# pop computes its operand's address with the stack pointer it has raised.
	pushq %rdi
	popq (%rsp)
	ret
