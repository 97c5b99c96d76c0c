/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"

#include <stddef.h>

static const char *const kind_names[FP_FAULT_KINDS] = {
	[FP_FAULT_GUARD] = "guard",
	[FP_FAULT_BOUNDS] = "bounds",
	[FP_FAULT_MEMORY] = "memory",
	[FP_FAULT_ARITHMETIC] = "arithmetic",
	[FP_FAULT_ILLEGAL] = "illegal instruction",
	[FP_FAULT_CALL_TARGET] = "call target",
	[FP_FAULT_UNREACHABLE] = "unreachable",
	[FP_FAULT_STACK] = "stack exhausted",
	[FP_FAULT_NATIVE_STACK] = "native stack exhausted",
	[FP_FAULT_ABORT] = "abort",
	[FP_FAULT_TIME] = "time budget",
	[FP_FAULT_API] = "api",
};

static const char *const access_names[] = {
	[FP_ACCESS_NONE] = NULL,
	[FP_ACCESS_READ] = "read",
	[FP_ACCESS_WRITE] = "write",
	[FP_ACCESS_EXECUTE] = "execute",
	[FP_ACCESS_UNKNOWN] = "unknown",
};

const char *fp_fault_kind_name(enum fp_fault_kind kind)
{
	return kind_names[kind];
}

const char *fp_access_name(enum fp_access access)
{
	return access_names[access];
}
