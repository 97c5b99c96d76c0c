/* SPDX-License-Identifier: Apache-2.0
 *
 * The touches are loads nobody needs; only the last turn writes.
 *
 * expect: fault memory, guard: write
 * expect in wonly: fault memory, guard
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	char *p = wild(arena_of(&opaque_zero) + FP_STATE_OFFSET);
	uint64_t last = opaque(80000), sum = 0;

	for (uint64_t i = 0;; i++, p += 0xff00) {
		sum += (uint64_t)*p; /* HERE */
		if (i == last) {
			*p = (char)(batch->count + 0 * sum); /* HERE */
			break;
		}
	}
}
