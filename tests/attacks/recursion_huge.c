/* SPDX-License-Identifier: Apache-2.0
 *
 * Recursion with large frames.
 *
 * expect: fault stack exhausted, native stack exhausted
 */
#include "attack.h"

__attribute__((noinline)) static unsigned down(unsigned n)
{
	volatile char local[3000];

	local[n % 3000] = 1;
	return n == 0x7fffffff ? 0 : down(n + 1) + (unsigned)local[opaque(n) % 3000];
}
void attack(struct fp_batch *batch)
{
	batch->packet[0].len = down(batch->count);
}
