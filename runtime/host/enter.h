/* SPDX-License-Identifier: Apache-2.0
 *
 * Offsets of the fields of struct fp_context that enter.S uses; context.c checks them.
 */
#ifndef FASTPAAS_HOST_ENTER_H
#define FASTPAAS_HOST_ENTER_H

#define FP_CONTEXT_HOST_STACK 0
#define FP_CONTEXT_MODULE_STACK 8
#define FP_CONTEXT_RETURNED 16
#define FP_CONTEXT_MXCSR 24
#define FP_CONTEXT_X87 28

/* Processor flags that would make host code misbehave: single-step, direction, alignment check. */
#define FP_UNSAFE_FLAGS 0x40500

#endif
