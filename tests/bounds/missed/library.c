/* SPDX-License-Identifier: Apache-2.0
 *
 * In a function of the module C library: the line is the library's.
 *
 * report: write of 5 bytes at offset 3 of a 4-byte heap object allocated at SITE in run()
 */
#include "program.h"

static void run(struct fp_batch *batch)
{
	char *copy = malloc(4); /* SITE */

	(void)batch;
	if (copy)
		strncat(strcpy(copy, "abc"), "defgh" + zero, 5 + zero);
}
