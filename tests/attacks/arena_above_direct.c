/* SPDX-License-Identifier: Apache-2.0
 *
 * Right above its arena's guard zone.
 *
 * expect: fault guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	uint64_t base = arena_of(&opaque_zero);

	*(volatile uint64_t *)(base + FP_ARENA_SIZE + FP_GUARD_ZONE) = batch->count; /* HERE */
}
