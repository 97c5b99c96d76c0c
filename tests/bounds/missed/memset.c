/* SPDX-License-Identifier: Apache-2.0
 *
 * A length that is too large for memset().
 *
 * report: write of 33 bytes at offset 0 of a 32-byte variable `table`
 */
#include "program.h"

static char table[32];

static void run(struct fp_batch *batch)
{
	(void)batch;
	memset(table, 1, sizeof(table) + 1 + zero); /* HERE */
	sink = (unsigned long)table[zero];
}
