/* SPDX-License-Identifier: Apache-2.0
 *
 * A pointer to one of several objects.
 *
 * report: write of 1 byte at offset 20 of a 20-byte variable `small`
 */
#include "program.h"

static char large[40], small[20];

static void run(struct fp_batch *batch)
{
	char *chosen = large;

	for (unsigned i = 0; i < batch->count; i++)
		chosen = batch->packet[i].len == 1 + zero ? large : small;
	chosen[20 + zero] = 1; /* HERE */
	sink = (unsigned long)large[zero];
}
