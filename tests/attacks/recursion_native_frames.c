/* SPDX-License-Identifier: Apache-2.0
 *
 * Frames just under the cap, which stay on the native stack.
 *
 * expect: fault stack exhausted, native stack exhausted
 */
#include "attack.h"

__attribute__((noinline)) static unsigned down(unsigned n)
{
	volatile uint32_t local[1000];

	local[0] = n;
	local[999] = n;
	local[n & 511] = n;
	return n == 0x7fffffff ? 0 : down(n + 1) + local[999];
}
void attack(struct fp_batch *batch)
{
	batch->packet[0].len = down(batch->count);
}
