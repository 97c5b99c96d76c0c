/* SPDX-License-Identifier: Apache-2.0
 *
 * Past the end of a local array whose size is known at run time only.
 *
 * report: write of 4 bytes at offset 40 of a 40-byte local variable `vla` in run()
 */
#include "program.h"

static void run(struct fp_batch *batch)
{
	unsigned count = 10 + zero;
	unsigned numbers[count];

	(void)batch;
	for (unsigned i = 0; i <= count; i++)
		((volatile unsigned *)numbers)[i] = i; /* HERE */
}
