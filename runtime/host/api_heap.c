/* SPDX-License-Identifier: Apache-2.0
 *
 * fp_heap_start() and fp_heap_size(): where the module C library finds its heap.
 */
#include "api.h"
#include "api_call.h"
#include "instance.h"

void *fp_heap_start(void)
{
	struct fp_context *context = FP_API_BEGIN(FP_IN_API);
	void *start = (void *)(context->arena + FP_HEAP_OFFSET);

	fp_api_finish(context);
	return start;
}

size_t fp_heap_size(void)
{
	struct fp_context *context = FP_API_BEGIN(FP_IN_API);
	size_t bytes = context->instance->arena.heap_bytes;

	fp_api_finish(context);
	return bytes;
}
