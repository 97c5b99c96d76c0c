/* SPDX-License-Identifier: Apache-2.0
 *
 * As much as can be.
 *
 * expect: fault guard, memory
 * flags: -O3 -ffast-math
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	float *p = malloc(4096), *q = wild(HOST_PAGE);

	for (uint64_t i = 0; i < opaque(1000); i++)
		q[i] = p[i] * 3.0f + (float)batch->count; /* HERE */
}
