/* SPDX-License-Identifier: Apache-2.0
 *
 * A length that is too large for the source of memcpy().
 *
 * report: read of 20 bytes at offset 0 of a 16-byte variable `from`
 */
#include "program.h"

static char from[16], to[32];

static void run(struct fp_batch *batch)
{
	(void)batch;
	memcpy(to, from, 20 + zero); /* HERE */
	sink = (unsigned long)to[zero];
	from[zero] = 1;
}
