/* SPDX-License-Identifier: Apache-2.0
 *
 * The same by way of memcpy.
 *
 * expect: fault native stack exhausted, stack exhausted
 */
#include "attack.h"

static char from[5000], to[5000];
__attribute__((noinline)) static uint64_t down(uint64_t n)
{
	memcpy(to, from, opaque(n % 5000)); /* HERE */
	return down(n + 1) + (uint64_t)to[n % 5000]; /* HERE */
}
void attack(struct fp_batch *batch)
{
	batch->packet[0].timestamp = down(batch->count);
}
