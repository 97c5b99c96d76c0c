/* SPDX-License-Identifier: Apache-2.0
 *
 * The pointer is set anew in the middle of a turn.
 *
 * expect: fault guard: write
 */
#include "attack.h"

static char *volatile places[2];
void attack(struct fp_batch *batch)
{
	volatile char *p = malloc(1 << 16);

	places[0] = (char *)p;
	places[1] = wild(HOST_PAGE);
	for (uint64_t i = 0; i < 1000; i++, p += 16) {
		*p = 1;
		p = places[opaque(i) == 7];
		p[8] = (char)batch->count; /* HERE */
	}
}
