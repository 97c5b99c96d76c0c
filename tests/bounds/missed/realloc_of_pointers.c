/* SPDX-License-Identifier: Apache-2.0
 *
 * A pointer in an object that realloc() has moved.
 *
 * report: write of 1 byte at offset 16 of a 16-byte heap object allocated at SITE in run()
 */
#include "program.h"

static void run(struct fp_batch *batch)
{
	char **table = malloc(4 * sizeof(*table)), **larger;

	(void)batch;
	if (!table)
		return;
	table[3] = malloc(16); /* SITE */
	sink = (unsigned long)malloc(16);
	larger = realloc(table, 4000 * sizeof(*table));
	if (larger)
		larger[3 + zero][16] = 1; /* HERE */
}
