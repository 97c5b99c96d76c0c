/* SPDX-License-Identifier: Apache-2.0
 *
 * A variadic function called as if it were not, with a pointer where its arguments should be.
 *
 * expect: fault call target
 */
#include <stdarg.h>

#include "attack.h"
static uint64_t take(unsigned count, ...)
{
	va_list list;

	va_start(list, count);
	return va_arg(list, uint64_t);
}
void attack(struct fp_batch *batch)
{
	void *volatile function = (void *)take;

	batch->packet[0].timestamp = ((uint64_t (*)(unsigned, uint64_t))function)(1, opaque(HOST_PAGE)); /* HERE */
}
