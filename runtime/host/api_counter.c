/* SPDX-License-Identifier: Apache-2.0
 *
 * fp_counter() and fp_count(): the counters a module shows its operator.
 */
#include <string.h>

#include <fastpaas/nf.h>

#include "api_call.h"
#include "instance.h"

/* Copies the name byte by byte: what lies behind its NUL may not be mapped. A name without a NUL in
 * FP_COUNTER_NAME bytes is left unterminated-long, which fp_counters_open() refuses. */
static void copy_name(struct fp_context *context, char *to, const char *from)
{
	for (size_t i = 0; i < FP_COUNTER_NAME; i++) {
		fp_api_check(context, from + i, 1);
		fp_api_copy_in(context, to + i, from + i, 1);
		if (!to[i])
			return;
	}
}

int fp_counter(const char *name)
{
	struct fp_context *context = FP_API_BEGIN(FP_IN_API);
	char copy[FP_COUNTER_NAME + 1] = {0};
	int id;

	copy_name(context, copy, name);
	id = fp_counters_open(&context->instance->counters, copy);
	fp_api_finish(context);
	return id;
}

void fp_count(int id, uint64_t n)
{
	struct fp_context *context = FP_API_BEGIN(FP_IN_API);

	fp_counters_add(&context->instance->counters, id, n);
	fp_api_finish(context);
}
