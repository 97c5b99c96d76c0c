/* SPDX-License-Identifier: Apache-2.0
 *
 * An integer argument taken for a pointer.
 *
 * expect: fault guard: write
 */
#include <stdarg.h>

#include "attack.h"
__attribute__((noinline)) static void set(unsigned count, ...)
{
	va_list list;

	va_start(list, count);
	*va_arg(list, uint64_t *) = count; /* HERE */
	va_end(list);
}
void attack(struct fp_batch *batch)
{
	set(batch->count, opaque(HOST_PAGE));
}
