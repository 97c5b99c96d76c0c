/* SPDX-License-Identifier: Apache-2.0
 *
 * A sum whose parts are said to share no bits: larger than their or, past a local array and on to the return address.
 *
 * expect: fault unreachable, guard, memory, stack exhausted, time budget
 */
#include "attack.h"

__attribute__((noinline)) static unsigned fill(unsigned x, unsigned y)
{
	volatile unsigned char small[256];

	small[0] = 0;
	x &= 0xff;
	y &= 0x80;
	__builtin_assume((x & 0x80) == 0);
	for (unsigned i = 0; i < 256; i++)
		small[i] = 0;
	small[x + y] = 0x41;
	small[(x + y) | 1] = 0x41;
	return small[3];
}
void attack(struct fp_batch *batch)
{
	for (unsigned i = 0; i < 256; i++)
		batch->packet[0].len = fill((unsigned)opaque(i), (unsigned)opaque(0x80));
	__builtin_trap();
}
