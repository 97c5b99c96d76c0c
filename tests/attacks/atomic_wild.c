/* SPDX-License-Identifier: Apache-2.0
 *
 * Atomic operations of C11.
 *
 * expect: fault guard
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	_Atomic uint64_t *place = wild(HOST_PAGE);

	*place += batch->count; /* HERE */
}
