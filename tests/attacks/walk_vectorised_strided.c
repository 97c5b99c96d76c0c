/* SPDX-License-Identifier: Apache-2.0
 *
 * Every fourth element, which the compiler may interleave or mask.
 *
 * expect: fault guard, memory, time budget
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	uint32_t *p = wild(arena_of(&opaque_zero) + FP_PACKETS_OFFSET);
	uint64_t len = opaque(1ul << 28);

	for (uint64_t i = 0; i < len; i++)
		if (p[4 * i] > 5)
			p[4 * i + 1] = p[4 * i] + batch->reserved;
}
