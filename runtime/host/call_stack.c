/* SPDX-License-Identifier: Apache-2.0
 *
 * A module's own words: anything may be in them. A call in a module's text is E8 and a 32-bit displacement (Intel SDM
 * volume 2); its calls through pointers are calls of its own functions.
 */
#include "call_stack.h"

#include <stdbool.h>

#include <fastpaas/abi.h>

#define CALL 0xe8
#define CALL_BYTES 5

static bool follows_call(const struct fp_context *context, uint64_t value)
{
	uint64_t offset = value - context->text_start;

	return offset >= CALL_BYTES && offset <= context->text_end - context->text_start &&
	       *(const uint8_t *)(value - CALL_BYTES) == CALL;
}

size_t fp_call_stack_read(const struct fp_context *context, struct fp_stack_word *words, int64_t *size)
{
	uint64_t stack = context->fault.stack, low = (uint64_t)context->native_low, at = stack < low ? low : stack;
	uint64_t end = context->module_stack - sizeof(uint64_t); /* where fp_enter() has left its return address */
	size_t count = 0;

	*size = -1;
	if (stack % sizeof(uint64_t) || stack < low - FP_NATIVE_GUARD || stack > end)
		return 0;
	*size = (int64_t)(end - stack);
	for (; at < end && count < FP_STACK_WORDS; at += sizeof(uint64_t))
		if (follows_call(context, *(const uint64_t *)at))
			words[count++] = (struct fp_stack_word){at - stack, *(const uint64_t *)at};
	return count;
}
