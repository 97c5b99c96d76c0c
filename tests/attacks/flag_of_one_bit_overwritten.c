/* SPDX-License-Identifier: Apache-2.0
 *
 * The byte of a one-bit flag is found by its neighbour's address and set to 255.
 *
 * expect: survives
 */
#include "attack.h"

static int flag;
static volatile unsigned char neighbour[8];
static unsigned char large[1 << 27];
void attack(struct fp_batch *batch)
{
	volatile unsigned char *out = large;

	if (opaque(batch->count) == 77)
		flag = 1;
	for (int i = -64; i < 64; i++)
		*(volatile unsigned char *)opaque((uint64_t)&neighbour[i]) = 0xff;
	opaque_zero = 0;
	out[(uint64_t)flag << 26] = 1;
	batch->packet[0].timestamp = (uint64_t)flag;
}
