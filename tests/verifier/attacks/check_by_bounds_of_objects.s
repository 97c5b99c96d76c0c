# rule: memory
# modes: pointer
# lowerings: mpx
# The register that moves bounds holds what the module likes: a check against it proves nothing.
	movq 8(%rdi), %rsi
	.byte 0xf3, 0x0f, 0x1b, 0x14, 0x36 # bndmk (%rsi,%rsi), %bnd2
	.byte 0xf3, 0x0f, 0x1a, 0xd6 # bndcl %rsi, %bnd2
	.byte 0xf2, 0x0f, 0x1a, 0xd6 # bndcu %rsi, %bnd2
	movq %rdi, (%rsi)
	ret
