/* SPDX-License-Identifier: Apache-2.0
 *
 * One way around the loop touches, the other only moves.
 *
 * expect: fault guard, memory: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = wild(arena_of(&opaque_zero) + FP_STATE_OFFSET);
	uint64_t i = 0;

	for (;;) {
		if (opaque(i++) % 512) {
			p += 0xf000;
			continue;
		}
		*p = (char)batch->count; /* HERE */
		p += 0xf000;
	}
}
