/* SPDX-License-Identifier: Apache-2.0
 *
 * A machine of states that jumps among its cases, each with a step of its own.
 *
 * expect: fault guard, memory: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = malloc(64);
	uint64_t far = opaque(HOST_PAGE - (uint64_t)p);

	for (uint64_t state = 0;; state = opaque((state + 1) & 3)) {
		switch (state) {
		case 0:
			p += 16;
			continue;
		case 1:
			*p = 1; /* HERE */
			continue;
		case 2:
			p += far;
			continue;
		default:
			*p = (char)batch->count; /* HERE */
		}
	}
}
