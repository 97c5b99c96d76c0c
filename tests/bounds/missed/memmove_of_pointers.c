/* SPDX-License-Identifier: Apache-2.0
 *
 * Pointers that memmove() has moved by one place, upwards.
 *
 * report: write of 1 byte at offset 24 of a 24-byte heap object allocated at SITE in run()
 */
#include "program.h"

static char *names[300];

static void run(struct fp_batch *batch)
{
	(void)batch;
	for (unsigned i = 0; i < 200; i++)
		names[i] = i == 150 ? malloc(24) /* SITE */ : malloc(100);
	memmove(&names[3 + zero], &names[0], 200 * sizeof(names[0]));
	names[152][24 + zero] = 1;
	names[153][24 + zero] = 1; /* HERE */
}
