/* SPDX-License-Identifier: Apache-2.0
 *
 * A copy that strdup() has made belongs to the line that called it.
 *
 * report: read of 1 byte at offset 6 of a 6-byte heap object allocated at SITE in run()
 */
#include "program.h"

static char text[] = "eight";

static void run(struct fp_batch *batch)
{
	char *copy = strdup(text); /* SITE */

	(void)batch;
	if (copy)
		sink = (unsigned char)copy[6 + zero]; /* HERE */
}
