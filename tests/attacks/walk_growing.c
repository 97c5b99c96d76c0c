/* SPDX-License-Identifier: Apache-2.0
 *
 * Steps that grow.
 *
 * expect: fault guard, memory: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = malloc(64);

	for (uint64_t step = 64; step < 1ul << 60; step *= 16, p += step)
		*p = (char)batch->count; /* HERE */
}
