# rule: guard
# modes: wonly rw
# lowerings: compare
# Two values too involved to be followed are not the same value.
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
	subl %r9d, %r8d
	leaq (%rdi,%r8,8), %rax
	movq %rdi, (%rax)
	ret
