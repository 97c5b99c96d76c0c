/* SPDX-License-Identifier: Apache-2.0
 *
 * Past the end of the argument file.
 *
 * report: read of 1 byte at offset 1 of a 1-byte argument file, its NUL included
 */
#include "program.h"

int init(const struct fp_args *args)
{
	sink = (unsigned char)args->text[args->len + 1 + zero]; /* HERE */
	return 0;
}

static void run(struct fp_batch *batch)
{
	(void)batch;
}
