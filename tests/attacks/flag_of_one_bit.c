/* SPDX-License-Identifier: Apache-2.0
 *
 * A flag that the optimiser keeps as one bit, overwritten with 255 by an overflow, is an index.
 *
 * expect: survives
 */
#include "attack.h"

static int flag;
static volatile unsigned char before[64];
static unsigned char large[1 << 27];
void attack(struct fp_batch *batch)
{
	volatile unsigned char *out = large;
	uint64_t base = arena_of(large);

	for (int64_t i = -4096; i < 4096; i++)
		if ((uint64_t)&before[i] < base + FP_IMAGE_LIMIT)
			before[i & 63] = 0;
	if (opaque(batch->count) == 77)
		flag = 1;
	out[(uint64_t)flag << 26] = 1;
}
