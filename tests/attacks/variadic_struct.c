/* SPDX-License-Identifier: Apache-2.0
 *
 * Structures and wide numbers as variable arguments.
 *
 * expect: survives
 */
#include <stdarg.h>

#include "attack.h"
struct some { uint64_t words[5]; };
struct pair { double a; uint32_t b; };
__attribute__((noinline)) static uint64_t sum(unsigned count, ...)
{
	va_list list;
	uint64_t total = 0;

	va_start(list, count);
	for (unsigned i = 0; i < count; i++) {
		struct some some = va_arg(list, struct some);
		struct pair pair = va_arg(list, struct pair);

		total += some.words[4] + pair.b + (uint64_t)va_arg(list, __int128);
	}
	va_end(list);
	return total;
}
void attack(struct fp_batch *batch)
{
	struct some some = {{1, 2, 3, 4, opaque(5)}};
	struct pair pair = {1.0, (uint32_t)opaque(6)};

	if (sum(2, some, pair, (__int128)7, some, pair, (__int128)8) != 37)
		batch->packet[opaque(1ul << 40)].gate = 1;
}
