/* SPDX-License-Identifier: Apache-2.0
 *
 * Two pointers change places in every turn.
 *
 * expect: fault guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = malloc(1 << 16), *q = wild(HOST_PAGE);

	for (uint64_t i = 0; i < 1000; i++) {
		volatile char *other = p + 8;

		*p = (char)batch->count; /* HERE */
		p = q;
		q = other;
	}
}
