/* SPDX-License-Identifier: Apache-2.0
 *
 * An atomic addition of floating-point numbers.
 *
 * expect: fault guard
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	_Atomic double *place = wild(HOST_PAGE);

	*place += batch->count; /* HERE */
}
