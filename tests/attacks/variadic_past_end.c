/* SPDX-License-Identifier: Apache-2.0
 *
 * Takes more arguments than there are.
 *
 * expect: contained
 */
#include <stdarg.h>

#include "attack.h"
__attribute__((noinline)) static uint64_t sum(unsigned count, ...)
{
	va_list list;
	uint64_t total = 0;

	va_start(list, count);
	for (unsigned i = 0; i < count; i++)
		total += va_arg(list, uint64_t);
	va_end(list);
	return total;
}
void attack(struct fp_batch *batch)
{
	batch->packet[0].timestamp = sum((unsigned)opaque(1000), 1ul, 2ul, 3ul);
	batch->packet[0].timestamp += sum((unsigned)opaque(1 << 24), 1ul);
}
