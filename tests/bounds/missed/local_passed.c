/* SPDX-License-Identifier: Apache-2.0
 *
 * A local array, in a function it was passed to.
 *
 * report: read of 8 bytes at offset 64 of a 64-byte local variable `sums` in run()
 */
#include "program.h"

static APART void add(unsigned long *sums, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		sums[i] += i; /* HERE */
}

static void run(struct fp_batch *batch)
{
	unsigned long sums[8] = {0};

	(void)batch;
	add(sums, 9 + zero);
	sink = sums[zero];
}
