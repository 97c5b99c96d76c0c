/* SPDX-License-Identifier: Apache-2.0
 *
 * From region to region in large steps.
 *
 * expect: fault guard, memory: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = (char *)malloc(64) - (1 << 28);

	for (uint64_t i = 0; i < 1ul << 24; i++, p += 1 << 28)
		*p = (char)batch->count; /* HERE */
}
