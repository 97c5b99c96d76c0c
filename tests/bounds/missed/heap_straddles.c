/* SPDX-License-Identifier: Apache-2.0
 *
 * An access that begins in its object and ends outside.
 *
 * report: write of 8 bytes at offset 60 of a 64-byte heap object allocated at SITE in run()
 */
#include "program.h"

static void run(struct fp_batch *batch)
{
	char *table = malloc(64); /* SITE */

	(void)batch;
	if (table)
		*(volatile unsigned long *)(table + 60 + zero) = 1; /* HERE */
}
