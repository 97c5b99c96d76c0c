/* SPDX-License-Identifier: Apache-2.0
 *
 * In steps of a whole arena, to other modules.
 *
 * expect: fault guard: write
 * expect in segment: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = malloc(64);

	for (uint64_t i = 0; i < 1ul << 24; i++, p += FP_ARENA_SIZE)
		*p = (char)batch->count; /* HERE */
}
