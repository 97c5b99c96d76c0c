/* SPDX-License-Identifier: Apache-2.0
 *
 * One index for two arrays, one of which is small and one is not there.
 *
 * expect: fault guard, memory: write
 */
#include "attack.h"

static volatile uint8_t small[16];
void attack(struct fp_batch *batch)
{
	volatile uint8_t *none = wild(HOST_PAGE - (1 << 20));

	for (uint64_t i = 0; i < 1ul << 21; i += 4096) {
		small[i & 15] = 1;
		if (i >= 1 << 20)
			none[i] = (uint8_t)batch->count; /* HERE */
	}
}
