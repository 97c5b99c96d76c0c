/* SPDX-License-Identifier: Apache-2.0
 *
 * The compiled XDP program, as bytes of the control object.
 */
	.section .rodata
	.globl xdp_object, xdp_object_end
	.balign 16
xdp_object:
	.incbin XDP_OBJECT
xdp_object_end:
	.section .note.GNU-stack, "", @progbits
