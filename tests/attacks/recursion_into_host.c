/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls the host with next to nothing left of the native stack.
 *
 * expect: fault native stack exhausted
 */
#include "attack.h"

static volatile unsigned depth;
__attribute__((noinline)) static uint64_t down(unsigned n)
{
	depth++;
	return down(n + 1) + fp_now() + depth; /* HERE */
}
void attack(struct fp_batch *batch)
{
	batch->packet[0].timestamp = down(batch->count);
}
