/* SPDX-License-Identifier: Apache-2.0
 *
 * A pointer that is passed to a function called through a pointer.
 *
 * report: write of 1 byte at offset 8 of an 8-byte heap object allocated at SITE in run()
 */
#include "program.h"

typedef void handler(unsigned char *bytes, unsigned at);

static APART void set(unsigned char *bytes, unsigned at)
{
	bytes[at] = 1; /* HERE */
}

static APART void clear(unsigned char *bytes, unsigned at)
{
	bytes[at] = 0;
}
static handler *volatile handlers[2] = {clear, set};

static void run(struct fp_batch *batch)
{
	unsigned char *bytes = malloc(8); /* SITE */

	(void)batch;
	if (bytes)
		handlers[1](bytes, 8 + zero);
}
