/* SPDX-License-Identifier: Apache-2.0
 *
 * Touches one pointer every turn and writes through another that moves alongside, from elsewhere.
 *
 * expect: fault guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = malloc(1 << 16), *q = wild(HOST_PAGE);

	for (uint64_t i = 0; i < 1000; i++, p += 8, q += 8) {
		(void)*p;
		if (i > 2)
			*q = (char)batch->count; /* HERE */
	}
}
