/* SPDX-License-Identifier: Apache-2.0
 *
 * A network function with one of each: what reports of faults are tested on. It is never run.
 */
#include <stdlib.h>

#include <fastpaas/nf.h>

static volatile uint32_t table[64];

static inline uint32_t ratio(uint32_t a, uint32_t b)
{
	return a / b;
}

static void mark(volatile uint32_t *place, uint32_t index)
{
	place[index] = 0x1234567;
}

void process(struct fp_batch *batch)
{
	volatile uint32_t *far = (volatile uint32_t *)(uintptr_t)batch->packet[0].timestamp;

	mark(far, batch->count);
	if (batch->count == 3)
		__builtin_trap();
	table[ratio(batch->packet[1].len, batch->count) & 63] = *far;
}
