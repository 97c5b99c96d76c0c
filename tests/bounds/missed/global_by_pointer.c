/* SPDX-License-Identifier: Apache-2.0
 *
 * A variable, through a pointer in another variable's initial value.
 *
 * report: read of 2 bytes at offset 20 of a 20-byte variable `shorts`
 */
#include "program.h"

static unsigned short shorts[10];
static unsigned char bytes[10];
static void *tables[2] = {bytes, shorts};

static void run(struct fp_batch *batch)
{
	unsigned short *second = tables[1 + zero];

	(void)batch;
	tables[zero] = second;
	sink = second[10]; /* HERE */
}
