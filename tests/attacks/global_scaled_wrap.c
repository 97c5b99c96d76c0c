/* SPDX-License-Identifier: Apache-2.0
 *
 * The scaled index wraps around 2^64 and ends up at the host's page.
 *
 * expect: fault guard: write
 */
#include "attack.h"

static volatile uint64_t table[16];
void attack(struct fp_batch *batch)
{
	uint64_t index = (HOST_PAGE - (uint64_t)table) / 8 + (1ul << 61) * (batch->count & 7);

	table[opaque(index)] = 1; /* HERE */
}
