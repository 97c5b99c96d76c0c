/* SPDX-License-Identifier: Apache-2.0
 *
 * A va_list copied into a global, and used when its function has returned.
 *
 * expect: contained
 */
#include <stdarg.h>

#include "attack.h"
static va_list kept;
__attribute__((noinline)) static void keep(unsigned count, ...)
{
	va_list list;

	va_start(list, count);
	va_copy(kept, list);
	va_end(list);
}
void attack(struct fp_batch *batch)
{
	uint64_t total = 0;

	keep(3, 1ul, 2ul, 3ul);
	for (unsigned i = 0; i < opaque(100); i++)
		total += va_arg(kept, uint64_t);
	batch->packet[0].timestamp = total;
}
