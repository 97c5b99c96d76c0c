/* SPDX-License-Identifier: Apache-2.0
 *
 * The index is the last turn's value, the condition is about this turn's.
 *
 * expect: fault guard: write
 */
#include "attack.h"

static unsigned char table[16];
static uint64_t turns[4];
void attack(struct fp_batch *batch)
{
	volatile unsigned char *out = table;
	uint64_t index = 0;

	turns[0] = 1;
	turns[1] = HOST_PAGE - (uint64_t)table;
	turns[2] = 2;
	for (unsigned turn = 0; turn < batch->count; turn++) {
		uint64_t next = *(volatile uint64_t *)&turns[turn & 3];

		if (next < 10)
			out[index] = 1; /* HERE */
		index = next;
	}
}
