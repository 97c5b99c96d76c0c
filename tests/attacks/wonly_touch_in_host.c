/* SPDX-License-Identifier: Apache-2.0
 *
 * Walks from its own memory; the touches are loads, which are allowed anywhere.
 *
 * expect: fault guard, memory
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	char *p = wild(HOST_PAGE + 64), sum = 0;

	for (uint64_t i = 0; i < opaque(1000); i++, p += 64) {
		sum = (char)(sum + *(volatile char *)p); /* HERE */
		if (i > 500)
			p[1] = (char)(sum + (char)batch->count); /* HERE */
	}
}
