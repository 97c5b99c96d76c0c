/* SPDX-License-Identifier: Apache-2.0
 *
 * Steps of one byte less than the unmapped zone around each region.
 *
 * expect: fault memory: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = malloc(64);

	for (uint64_t i = 0; i < 1ul << 24; i++, p += 0xffff)
		*p = (char)batch->count; /* HERE */
}
