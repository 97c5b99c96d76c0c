# rule: guard
# modes: wonly rw
# lowerings: compare
# Nor are they once they are exchanged.
	xorl %r8d, %r8d
	xorl %edx, %edx
	.set at, 0
	.rept 10
	addq at(%rdi), %rdx
	.set at, at + 8
	.endr
	movl %edx, %edx
	addq %rdx, %r8
	xorl %edx, %edx
	.set at, 80
	.rept 10
	addq at(%rdi), %rdx
	.set at, at + 8
	.endr
	movl %edx, %edx
	addq %rdx, %r8
	xorl %edx, %edx
	.set at, 160
	.rept 10
	addq at(%rdi), %rdx
	.set at, at + 8
	.endr
	movl %edx, %edx
	addq %rdx, %r8
	xorl %edx, %edx
	.set at, 240
	.rept 10
	addq at(%rdi), %rdx
	.set at, at + 8
	.endr
	movl %edx, %edx
	addq %rdx, %r8
	xorl %edx, %edx
	.set at, 320
	.rept 10
	addq at(%rdi), %rdx
	.set at, at + 8
	.endr
	movl %edx, %edx
	addq %rdx, %r8
	xorl %r9d, %r9d
	xorl %edx, %edx
	.set at, 400
	.rept 10
	addq at(%rdi), %rdx
	.set at, at + 8
	.endr
	movl %edx, %edx
	addq %rdx, %r9
	xorl %edx, %edx
	.set at, 480
	.rept 10
	addq at(%rdi), %rdx
	.set at, at + 8
	.endr
	movl %edx, %edx
	addq %rdx, %r9
	xorl %edx, %edx
	.set at, 560
	.rept 10
	addq at(%rdi), %rdx
	.set at, at + 8
	.endr
	movl %edx, %edx
	addq %rdx, %r9
	xorl %edx, %edx
	.set at, 640
	.rept 10
	addq at(%rdi), %rdx
	.set at, at + 8
	.endr
	movl %edx, %edx
	addq %rdx, %r9
	xorl %edx, %edx
	.set at, 720
	.rept 10
	addq at(%rdi), %rdx
	.set at, at + 8
	.endr
	movl %edx, %edx
	addq %rdx, %r9
	xchgl %r9d, %r8d
	subq %r9, %r8
	movq %rdi, (%rdi,%r8)
	ret
