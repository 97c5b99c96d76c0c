/* SPDX-License-Identifier: Apache-2.0 */
#include "api_call.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "contain.h"
#include "instance.h"

static void end(struct fp_context *context, enum fp_fault_kind kind)
{
	context->fault.kind = kind;
	context->fault.access = FP_ACCESS_NONE;
	context->fault.guard = -1;
	context->fault.signal = 0;
	context->fault.bounds = (struct fp_bounds){0};
	fp_contain_end(context);
}

void fp_api_refuse(struct fp_context *context, const char *format, ...)
{
	struct fp_fault *fault = &context->fault;
	int used = snprintf(fault->detail, sizeof(fault->detail), "%s: ", context->api);
	va_list list;

	va_start(list, format);
	vsnprintf(fault->detail + used, sizeof(fault->detail) - (size_t)used, format, list);
	va_end(list);
	fault->address_known = false;
	end(context, FP_FAULT_API);
}

void fp_api_refuse_stack(struct fp_context *context)
{
	struct fp_fault *fault = &context->fault;

	snprintf(fault->detail, sizeof(fault->detail), "%s: less than %d bytes of native stack left", context->api,
		 FP_API_STACK);
	fault->address_known = false;
	end(context, FP_FAULT_NATIVE_STACK);
}

void fp_api_refuse_time(struct fp_context *context)
{
	context->fault.detail[0] = 0;
	context->fault.address_known = false;
	end(context, FP_FAULT_TIME);
}

void fp_api_refuse_range(struct fp_context *context, const void *start, size_t len)
{
	struct fp_fault *fault = &context->fault;

	snprintf(fault->detail, sizeof(fault->detail), "%s: %zu bytes at 0x%llx lie outside the arena", context->api, len,
		 (unsigned long long)(uintptr_t)start);
	fault->address = (uint64_t)start;
	fault->address_known = true;
	end(context, FP_FAULT_API);
}

static bool is_on_native_stack(const struct fp_context *context, const void *start, size_t len)
{
	uint64_t offset = (uint64_t)start - (uint64_t)context->native_low;

	return offset < FP_NATIVE_STACK && len <= FP_NATIVE_STACK - offset;
}

void fp_api_check(struct fp_context *context, const void *start, size_t len)
{
	bool unprotected = context->instance->module.mode == FP_MODE_NONE;

	if (fp_api_in_arena(context, start, len) || (unprotected && is_on_native_stack(context, start, len)))
		return;
	fp_api_refuse_range(context, start, len);
}

void fp_api_copy_in(struct fp_context *context, void *to, const void *from, size_t len)
{
	enum fp_place place = context->place;

	fp_api_work_on(context, from, NULL);
	context->place = FP_IN_BULK;
	__asm__ volatile("" ::: "memory");
	if (len > 0)
		memcpy(to, from, len);
	__asm__ volatile("" ::: "memory");
	context->place = place;
}
