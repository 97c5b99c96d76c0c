/* SPDX-License-Identifier: Apache-2.0
 *
 * A pointer that a function has returned, called through a pointer.
 *
 * report: read of 1 byte at offset 12 of a 10-byte heap object allocated at SITE in make()
 */
#include "program.h"

static APART char *make(unsigned size)
{
	return malloc(size + zero); /* SITE */
}
static char *(*volatile maker)(unsigned) = make;

static void run(struct fp_batch *batch)
{
	char *bytes = maker(10);

	(void)batch;
	if (bytes)
		sink = (unsigned char)(bytes + 4)[8 + zero]; /* HERE */
}
