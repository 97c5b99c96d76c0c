/* SPDX-License-Identifier: Apache-2.0
 *
 * The inner loop walks, the outer one jumps.
 *
 * expect: fault guard, memory: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *row = malloc(4096);
	uint64_t far = opaque(HOST_PAGE - (uint64_t)row);

	for (uint64_t y = 0; y < 8; y++, row += far)
		for (uint64_t x = 0; x < opaque(64); x++)
			row[x] = (char)batch->count; /* HERE */
}
