# rule: guard
# modes: pointer
# lowerings: mpx
# What is checked is the sum of base and index, as of any other address; but the processor leaves the index out,
# and so the entry is one of another arena's.
	movq 8(%rdi), %rsi
	movq %rdi, %rdx
	subq %rsi, %rdx
	leaq (%rsi,%rdx), %rcx
	.byte 0xf3, 0x0f, 0x1a, 0xd9 # bndcl %rcx, %bnd3
	.byte 0xf2, 0x0f, 0x1a, 0xd9 # bndcu %rcx, %bnd3
	movq %rdi, (%rsi,%rdx)
	.byte 0x0f, 0x1b, 0x14, 0x16 # bndstx %bnd2, (%rsi,%rdx)
	nop
	ret
