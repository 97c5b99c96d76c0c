/* SPDX-License-Identifier: Apache-2.0
 *
 * Past the end of an object that realloc() has made smaller.
 *
 * report: write of 1 byte at offset 40 of a 40-byte heap object allocated at SITE in run()
 */
#include "program.h"

static void run(struct fp_batch *batch)
{
	char *bytes = malloc(100), *less;

	(void)batch;
	if (!bytes)
		return;
	less = realloc(bytes, 40 + zero); /* SITE */
	if (less)
		less[40] = 1; /* HERE */
}
