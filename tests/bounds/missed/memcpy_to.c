/* SPDX-License-Identifier: Apache-2.0
 *
 * A length that is too large for the destination of memcpy().
 *
 * report: write of 200 bytes at offset 4 of a 128-byte local variable `copy` in run()
 */
#include "program.h"

static void run(struct fp_batch *batch)
{
	char copy[128];

	memcpy(copy + 4 + zero, batch->packet[0].data, 200 + zero); /* HERE */
	sink = (unsigned long)copy[5 + zero];
}
