/* SPDX-License-Identifier: Apache-2.0
 *
 * The same flag indexes a small local that may stay on the native stack.
 *
 * expect: survives
 */
#include "attack.h"

static int flag;
static volatile unsigned char neighbour[8];
__attribute__((noinline)) static unsigned char pick(void)
{
	volatile unsigned char small[2] = {1, 2};

	small[flag] = 3;
	return small[0] + small[1];
}
void attack(struct fp_batch *batch)
{
	if (opaque(batch->count) == 77)
		flag = 1;
	for (int i = -64; i < 64; i++)
		*(volatile unsigned char *)opaque((uint64_t)&neighbour[i]) = 0xff;
	opaque_zero = 0;
	batch->packet[0].timestamp = pick();
}
