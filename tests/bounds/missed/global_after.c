/* SPDX-License-Identifier: Apache-2.0
 *
 * Past the end of a variable, into the next one.
 *
 * report: write of 4 bytes at offset 64 of a 64-byte variable `table`
 */
#include "program.h"

unsigned table[16], other[16];

static void run(struct fp_batch *batch)
{
	(void)batch;
	other[0] = 1;
	table[16 + zero] = other[0]; /* HERE */
	sink = table[0];
}
