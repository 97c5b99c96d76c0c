/* SPDX-License-Identifier: Apache-2.0
 *
 * A loop that is entered at two places.
 *
 * expect: fault guard, memory: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = malloc(64);
	uint64_t i = 0, far = opaque(HOST_PAGE - (uint64_t)p);

	if (batch->count & 1)
		goto inside;
again:
	p += far;
inside:
	*p = (char)batch->count; /* HERE */
	if (i++ < opaque(100))
		goto again;
}
