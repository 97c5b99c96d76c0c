/* SPDX-License-Identifier: Apache-2.0
 *
 * Two indices whose sum is the distance; each alone is harmless.
 *
 * expect: fault guard: write
 */
#include "attack.h"

static volatile unsigned char table[16][16];
void attack(struct fp_batch *batch)
{
	uint64_t distance = HOST_PAGE - (uint64_t)table;

	(void)batch;
	table[opaque(distance / 16)][opaque(distance % 16)] = 1; /* HERE */
}
