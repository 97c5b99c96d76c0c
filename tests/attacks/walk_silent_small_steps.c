/* SPDX-License-Identifier: Apache-2.0
 *
 * The same in small steps, which alone would be no problem.
 *
 * expect: fault guard, time budget
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = wild(arena_of(&opaque_zero) + FP_STATE_OFFSET);
	uint64_t last = opaque(80000);

	for (uint64_t i = 0; i <= last; i++, p += 0xff00)
		if (i == last)
			*p = (char)batch->count; /* HERE */
}
