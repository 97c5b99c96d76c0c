/* SPDX-License-Identifier: Apache-2.0
 *
 * Advances without touching anything until it is where it wants to be.
 *
 * expect: fault guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *start = malloc(64), *p = start;
	uint64_t distance = HOST_PAGE - (uint64_t)start;

	for (uint64_t i = 0; i < 64; i++, p += distance >> 5)
		if (opaque(i) == 32)
			p[distance & 31] = (char)batch->count; /* HERE */
}
