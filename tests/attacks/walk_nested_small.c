/* SPDX-License-Identifier: Apache-2.0
 *
 * Both loops walk in steps a zone long, each of which is harmless.
 *
 * expect: fault memory, guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *row = wild(arena_of(&opaque_zero) + FP_HEAP_OFFSET + (255ul << 20));

	for (uint64_t y = 0; y < 1ul << 20; y++, row += 0x8000)
		for (uint64_t x = 0; x < opaque(64) + 0x8000; x += 0x7ff0)
			row[x] = (char)batch->count; /* HERE */
}
