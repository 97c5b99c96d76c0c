/* SPDX-License-Identifier: Apache-2.0
 *
 * Pointers in small structures that are assigned, which become words to the optimiser.
 *
 * report: write of 1 byte at offset 8 of an 8-byte heap object allocated at SITE in run()
 */
#include "program.h"

struct one {
	char *bytes;
};
static struct one from[4], to[4];

static void run(struct fp_batch *batch)
{
	(void)batch;
	from[zero].bytes = malloc(8); /* SITE */
	to[2 + zero] = from[zero];
	to[2 + zero].bytes[8] = 1; /* HERE */
}
