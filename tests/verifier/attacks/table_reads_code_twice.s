# rule: memory
# modes: pointer
# lowerings: mpx
# qemu takes the byte behind for a part of the address and goes on behind it: the harmless instruction that the
# verifier reads there is another one for qemu, without the byte 0x48 that makes its operand 64 bits.
	movq 8(%rdi), %rsi
	.byte 0x0f, 0x1a, 0x14, 0x37 # bndldx (%rdi,%rsi), %bnd2
	movq %rsi, %rax
	ret
