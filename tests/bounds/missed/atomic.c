/* SPDX-License-Identifier: Apache-2.0
 *
 * An atomic update.
 *
 * report: atomic update of 4 bytes at offset 16 of a 16-byte variable `counts`
 */
#include "program.h"

static unsigned counts[4];

static void run(struct fp_batch *batch)
{
	(void)batch;
	__atomic_fetch_add(&counts[4 + zero], 1, __ATOMIC_RELAXED); /* HERE */
	sink = counts[0];
}
