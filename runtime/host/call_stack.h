/* SPDX-License-Identifier: Apache-2.0
 *
 * What the native stack holds of the calls that led to a fault: words that may be return addresses.
 */
#ifndef FASTPAAS_HOST_CALL_STACK_H
#define FASTPAAS_HOST_CALL_STACK_H

#include <stddef.h>
#include <stdint.h>

#include "context.h"

#define FP_STACK_WORDS 128

struct fp_stack_word {
	uint64_t offset; /* above the stack pointer of the fault, bytes */
	uint64_t value;
};

/* Reads the stack that context->fault left behind, lowest words first, up to FP_STACK_WORDS of them; returns how
 * many. `*size` is how far above its stack pointer the entry point's return address is; -1, and no words, if that
 * pointer is not on the native stack. To be called before the thread's next module call. */
size_t fp_call_stack_read(const struct fp_context *context, struct fp_stack_word *words, int64_t *size);

#endif
