/* SPDX-License-Identifier: Apache-2.0
 *
 * The inner loop, which touches, does not run for many turns of the outer one.
 *
 * expect: fault memory, guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *row = wild(arena_of(&opaque_zero) + FP_STATE_OFFSET);

	for (uint64_t y = 0; y < 90000; y++, row += 0x8000)
		for (uint64_t x = 0; x < (opaque(y) < 80000 ? 0 : 5); x++)
			row[x] = (char)batch->count; /* HERE */
}
