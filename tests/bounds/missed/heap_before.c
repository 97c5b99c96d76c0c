/* SPDX-License-Identifier: Apache-2.0
 *
 * Before an object on the heap.
 *
 * report: read of 4 bytes at offset -4 of a 64-byte heap object allocated at SITE in run()
 */
#include "program.h"

static void run(struct fp_batch *batch)
{
	unsigned *table = calloc(16, sizeof(*table)); /* SITE */

	(void)batch;
	if (table)
		sink = table[(int)zero - 1]; /* HERE */
}
