/* SPDX-License-Identifier: Apache-2.0
 *
 * Far from the object, in another: no neighbour has to be near for it to be seen.
 *
 * report: write of 1 byte at offset 4096 of a 16-byte heap object allocated at SITE in run()
 */
#include "program.h"

static void run(struct fp_batch *batch)
{
	char *table = malloc(16); /* SITE */
	char *other = malloc(8192);

	(void)batch;
	sink = (unsigned long)other;
	if (table)
		table[4096 + zero] = 1; /* HERE */
}
