/* SPDX-License-Identifier: Apache-2.0
 *
 * Past the end of a string literal.
 *
 * report: read of 1 byte at offset 5 of a 5-byte string literal
 */
#include "program.h"

static void run(struct fp_batch *batch)
{
	const char *text = "four";

	(void)batch;
	sink = (unsigned char)text[5 + zero]; /* HERE */
}
