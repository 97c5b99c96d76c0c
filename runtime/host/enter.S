/* SPDX-License-Identifier: Apache-2.0
 *
 * The way into a module and the two ways out: it returns, or the host ends its call.
 *
 * The module runs on a native stack of its own. Nothing it leaves behind is trusted: stack pointer,
 * callee-saved registers, flags and floating-point control all come back from host memory.
 */
#include "enter.h"

	.text
	.p2align 6
	.globl fp_enter
	.type fp_enter, @function
fp_enter: /* rdi context, rsi function, rdx argument */
	pushq	%rbp
	pushq	%rbx
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	movq	%rsp, FP_CONTEXT_HOST_STACK(%rdi)
	movq	FP_CONTEXT_MODULE_STACK(%rdi), %rsp
	movq	%rdx, %rdi
	callq	*%rsi
	movq	%fs:0, %rdi
	leaq	fp_context@tpoff(%rdi), %rdi
	movq	%rax, FP_CONTEXT_RETURNED(%rdi)
	xorl	%eax, %eax
.Lleave:
	movq	FP_CONTEXT_HOST_STACK(%rdi), %rsp
	ldmxcsr	FP_CONTEXT_MXCSR(%rdi)
	fldcw	FP_CONTEXT_X87(%rdi)
	/* Writing the flags is slow: look first. */
	pushfq
	testl	$FP_UNSAFE_FLAGS, (%rsp)
	jnz	.Lclean_flags
	addq	$8, %rsp
.Lrestore:
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbx
	popq	%rbp
	retq

	.p2align 4
	.globl fp_enter_fault_exit
	.type fp_enter_fault_exit, @function
fp_enter_fault_exit: /* rdi context */
	fninit
	movl	$-1, %eax
	jmp	.Lleave

.Lclean_flags:
	andl	$~FP_UNSAFE_FLAGS, (%rsp)
	popfq
	jmp	.Lrestore
	.size fp_enter, . - fp_enter

	.section .note.GNU-stack, "", @progbits
