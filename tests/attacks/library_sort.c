/* SPDX-License-Identifier: Apache-2.0
 *
 * Sorts with a comparison that lies, and changes the array meanwhile.
 *
 * expect: contained
 */
#include "attack.h"

static uint64_t numbers[1000];
static int lie(const void *a, const void *b)
{
	numbers[*(const uint64_t *)a % 1000] = *(const uint64_t *)b * 3;
	return (int)(*(const uint64_t *)a * 2654435761u);
}
void attack(struct fp_batch *batch)
{
	for (unsigned i = 0; i < 1000; i++)
		numbers[i] = i * 7919 + batch->count;
	qsort(numbers, 1000, sizeof(*numbers), lie);
	bsearch(numbers, numbers, opaque(1000), sizeof(*numbers), lie);
}
