/* SPDX-License-Identifier: Apache-2.0
 *
 * Writes to its own constants.
 *
 * expect: fault memory: write
 */
#include "attack.h"

static const int numbers[] = {1, 2, 3, 4};
void attack(struct fp_batch *batch)
{
	volatile int *number = (int *)&numbers[batch->count & 3];

	*number = 5; /* HERE */
}
