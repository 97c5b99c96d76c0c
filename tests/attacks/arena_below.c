/* SPDX-License-Identifier: Apache-2.0
 *
 * Walks down from its image across the arena's base, where the arena before may lie.
 *
 * expect: contained
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	uint64_t base = arena_of(&opaque_zero);

	for (uint64_t i = 0; i < 1ul << 24; i += 8)
		*(volatile uint64_t *)(base - i) = batch->count;
}
