# rule: guard
# modes: wonly
# lowerings: compare
# A comparison of strings comes between a guard's comparison and its branch.
	leaq __ehdr_start-0x10000(%rip), %rcx
	movq (%rdi), %rax
	movq %rax, %rdx
	subq %rcx, %rdx
	cmpq $0x7fffffff, %rdx
	vpcmpistri $0, %xmm0, %xmm1
	ja 9f
	movq %rdi, (%rax)
	ret
9:	ud2
