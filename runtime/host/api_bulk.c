/* SPDX-License-Identifier: Apache-2.0
 *
 * Memory functions of guarded modules: the host's libc behind a range check. The range may still
 * hold unmapped pages; touching one is the module's fault and contained as such.
 */
#include "api.h"

#include <string.h>

#include "api_call.h"

static inline void check(struct fp_context *context, const void *start, size_t len)
{
	if (__builtin_expect(!fp_api_in_arena(context, start, len), 0))
		fp_api_refuse_range(context, start, len);
}

/* Both serve memcpy: what a module's overlapping memcpy does must not depend on the host's libc. */
static inline void *move(const char *name, struct fp_api_caller caller, void *to, const void *from, size_t len)
{
	struct fp_context *context = fp_api_begin(name, FP_IN_BULK, caller);

	fp_api_work_on(context, to, from);
	if (len > 0) {
		check(context, to, len);
		check(context, from, len);
		memmove(to, from, len);
	}
	fp_api_finish(context);
	return to;
}

void *fp_memcpy(void *to, const void *from, size_t len)
{
	return move(__func__, FP_API_CALLER, to, from, len);
}

void *fp_memmove(void *to, const void *from, size_t len)
{
	return move(__func__, FP_API_CALLER, to, from, len);
}

void *fp_memset(void *to, int byte, size_t len)
{
	struct fp_context *context = FP_API_BEGIN(FP_IN_BULK);

	fp_api_work_on(context, to, NULL);
	if (len > 0) {
		check(context, to, len);
		memset(to, byte, len);
	}
	fp_api_finish(context);
	return to;
}

int fp_memcmp(const void *a, const void *b, size_t len)
{
	struct fp_context *context = FP_API_BEGIN(FP_IN_BULK);
	int result = 0;

	fp_api_work_on(context, a, b);
	if (len > 0) {
		check(context, a, len);
		check(context, b, len);
		result = memcmp(a, b, len);
	}
	fp_api_finish(context);
	return result;
}

/* ISO C reads only up to the match, so a length past the arena's end is legal as long as the byte is
 * found: clamp it, and end the call if the search would have left the arena. */
void *fp_memchr(const void *text, int byte, size_t len)
{
	struct fp_context *context = FP_API_BEGIN(FP_IN_BULK);
	uint64_t left = FP_ARENA_REACH + 1ull - ((uint64_t)text - context->arena);
	void *found = NULL;

	fp_api_work_on(context, text, NULL);
	if (len > 0) {
		check(context, text, 1);
		found = memchr(text, byte, len < left ? len : left);
		if (!found && len > left)
			fp_api_refuse_range(context, text, len);
	}
	fp_api_finish(context);
	return found;
}
