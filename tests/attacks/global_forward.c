/* SPDX-License-Identifier: Apache-2.0
 *
 * An overflow of a global array leaves the image.
 *
 * expect: fault memory: write
 */
#include "attack.h"

static volatile unsigned char table[256];
void attack(struct fp_batch *batch)
{
	for (uint64_t i = 0; i < 1ul << 34; i++)
		table[i] = (unsigned char)batch->count; /* HERE */
}
