/* SPDX-License-Identifier: Apache-2.0
 *
 * Sizes no heap has, and products that wrap.
 *
 * expect: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *all[] = {malloc(opaque(~0ul)), malloc(opaque(1ul << 63)), malloc(opaque(FP_ARENA_SIZE)),
				calloc(opaque(1ul << 32), opaque(1ul << 32)), calloc(opaque(1ul << 63), 2),
				realloc(malloc(10), opaque(~0ul - 100)), aligned_alloc(opaque(1ul << 40), 64)};

	for (unsigned i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (all[i])
			*all[i] = (char)batch->count;
}
