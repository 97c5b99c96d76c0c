/* SPDX-License-Identifier: Apache-2.0
 *
 * Past the end of an object on the heap, into its neighbour.
 *
 * report: write of 1 byte at offset 64 of a 64-byte heap object allocated at SITE in run()
 */
#include "program.h"

static void run(struct fp_batch *batch)
{
	unsigned char *table = malloc(64); /* SITE */
	unsigned char *other = malloc(64);

	sink = (unsigned long)other;
	if (table)
		table[64 + zero] = batch->packet[0].data[0]; /* HERE */
}
