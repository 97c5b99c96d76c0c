/* SPDX-License-Identifier: Apache-2.0
 *
 * memchr() that finds nothing before its object ends.
 *
 * report: read of 40 bytes at offset 0 of a 32-byte heap object allocated at SITE in run()
 */
#include "program.h"

static void run(struct fp_batch *batch)
{
	char *bytes = calloc(32, 1); /* SITE */

	(void)batch;
	if (bytes)
		sink = memchr(bytes, 'x', 40 + zero) != NULL; /* HERE */
}
