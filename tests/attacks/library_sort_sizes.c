/* SPDX-License-Identifier: Apache-2.0
 *
 * Sorts more elements than there are, and elements of wild sizes.
 *
 * expect: contained
 */
#include "attack.h"

static char numbers[1000];
static int compare(const void *a, const void *b)
{
	return *(const char *)a - *(const char *)b;
}
void attack(struct fp_batch *batch)
{
	numbers[5] = (char)batch->count;
	qsort(numbers, opaque(3), opaque(1ul << 61), compare);
	qsort(numbers, opaque(1ul << 61), opaque(16), compare);
	qsort(numbers, opaque(1000000), opaque(1), compare);
}
