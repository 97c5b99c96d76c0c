/* SPDX-License-Identifier: Apache-2.0
 *
 * A vector of 64 KiB at the end of the arena.
 *
 * expect: fault guard: write
 */
#include "attack.h"

typedef uint64_t wide __attribute__((vector_size(2048)));
static wide zero;
void attack(struct fp_batch *batch)
{
	wide *place = wild(arena_of(&zero) + FP_ARENA_SIZE + FP_GUARD_ZONE - 1024);

	*place = zero + batch->count; /* HERE */
}
