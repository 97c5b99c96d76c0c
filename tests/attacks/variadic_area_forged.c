/* SPDX-License-Identifier: Apache-2.0
 *
 * The same with the very type the compiler gives it inside: the area of its arguments is a wild pointer.
 *
 * expect: fault guard: read
 * expect in wonly: survives
 */
#include <stdarg.h>

#include "attack.h"
static uint64_t take(unsigned count, ...)
{
	va_list list;
	uint64_t value;

	va_start(list, count);
	value = va_arg(list, uint64_t); /* HERE */
	va_end(list);
	return value;
}
void attack(struct fp_batch *batch)
{
	void *volatile function = (void *)take;

	tell(((uint64_t (*)(unsigned, void *))function)(batch->count, wild(HOST_PAGE)));
}
