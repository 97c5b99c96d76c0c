/* SPDX-License-Identifier: Apache-2.0 */
#include "tls.h"

_Thread_local void *__fp_stack_pointer;
_Thread_local void *__fp_stack_limit;
_Thread_local size_t __fp_window;
_Thread_local size_t __fp_window_reach;

static int64_t offset_from_thread_pointer(const void *variable)
{
	return (int64_t)((uintptr_t)variable - (uintptr_t)__builtin_thread_pointer());
}

int64_t fp_stack_pointer_tpoff(void)
{
	return offset_from_thread_pointer(&__fp_stack_pointer);
}

int64_t fp_stack_limit_tpoff(void)
{
	return offset_from_thread_pointer(&__fp_stack_limit);
}

int64_t fp_window_tpoff(void)
{
	return offset_from_thread_pointer(&__fp_window);
}

int64_t fp_window_reach_tpoff(void)
{
	return offset_from_thread_pointer(&__fp_window_reach);
}
