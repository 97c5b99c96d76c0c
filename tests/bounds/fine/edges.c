/* SPDX-License-Identifier: Apache-2.0
 *
 * First and last bytes, pointers to the end, and empty ranges.
 */
#include "program.h"

static unsigned table[16];

static void run(struct fp_batch *batch)
{
	unsigned *end = table + 16 + zero;
	char *heap = malloc(10);

	for (unsigned *at = table; at != end; at++)
		*at = batch->count;
	sink = end[-1] + table[zero];
	if (!heap)
		return;
	heap[9 + zero] = 1;
	memset(heap + 10, 1, zero);
	memcpy(heap + 10, (char *)NULL + zero, zero);
	free(heap);
}
