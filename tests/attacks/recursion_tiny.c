/* SPDX-License-Identifier: Apache-2.0
 *
 * Recursion without an end, frames as small as can be.
 *
 * expect: fault native stack exhausted
 */
#include "attack.h"

static volatile unsigned depth;
__attribute__((noinline)) static unsigned down(unsigned n)
{
	depth++;
	return n == 0x7fffffff ? 0 : down(n + 1) + depth; /* HERE */
}
void attack(struct fp_batch *batch)
{
	batch->packet[0].len = down(batch->count);
}
