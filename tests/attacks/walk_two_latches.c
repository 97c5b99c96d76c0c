/* SPDX-License-Identifier: Apache-2.0
 *
 * Two ways back to the head of the loop, one with a small step, one with a huge one.
 *
 * expect: fault guard, memory: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = malloc(64);
	uint64_t i = 0, jump = opaque(HOST_PAGE - (uint64_t)p);

	for (;;) {
		*p = (char)batch->count; /* HERE */
		if (opaque(i++) == 5) {
			p += jump;
			continue;
		}
		p += 16;
	}
}
