/* SPDX-License-Identifier: Apache-2.0
 *
 * Integers of odd widths in memory that has more bits set.
 *
 * expect: contained
 */
#include "attack.h"

typedef unsigned _BitInt(3) three;
typedef unsigned _BitInt(33) many;
typedef unsigned _BitInt(1) one;
static union { unsigned char bytes[16]; three a; many b; one c; } mix;
static char large[8 << 20];
void attack(struct fp_batch *batch)
{
	volatile char *place = large;

	for (unsigned i = 0; i < 16; i++)
		((volatile unsigned char *)mix.bytes)[i] = 0xff;
	place[(uint64_t)mix.a << 20] = (char)batch->count;
	place[(uint64_t)mix.c << 22] = 1;
	place[(uint64_t)(mix.b >> 30) << 20] = 1;
}
