/* SPDX-License-Identifier: Apache-2.0
 *
 * Sorts with a comparison that is no function.
 *
 * expect: fault call target
 */
#include "attack.h"

static uint64_t numbers[1000];
void attack(struct fp_batch *batch)
{
	numbers[5] = batch->count;
	qsort(numbers, 1000, sizeof(*numbers), (int (*)(const void *, const void *))wild(HOST_PAGE)); /* HERE */
}
