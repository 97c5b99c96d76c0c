/* SPDX-License-Identifier: Apache-2.0
 *
 * Null.
 *
 * expect: fault guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	int *nothing = wild(0);

	*nothing = (int)batch->count; /* HERE */
}
