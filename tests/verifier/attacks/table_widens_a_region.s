# rule: memory
# modes: pointer
# lowerings: mpx
# Bounds of everything go into the table as those of an object and come back as those of the arena, which then
# lets any address pass.
	movq 8(%rdi), %rsi
	xorl %eax, %eax
	movq $-1, %rcx
	.byte 0xf3, 0x0f, 0x1b, 0x14, 0x08 # bndmk (%rax,%rcx), %bnd2
	.byte 0x0f, 0x1b, 0x14, 0x37 # bndstx %bnd2, (%rdi,%rsi)
	nop
	.byte 0x0f, 0x1a, 0x1c, 0x37 # bndldx (%rdi,%rsi), %bnd3
	nop
	.byte 0xf3, 0x0f, 0x1a, 0xde # bndcl %rsi, %bnd3
	.byte 0xf2, 0x0f, 0x1a, 0xde # bndcu %rsi, %bnd3
	movq %rdi, (%rsi)
	ret
