/* SPDX-License-Identifier: Apache-2.0
 *
 * Across a cache line.
 *
 * expect: contained
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	_Atomic uint64_t *place = (_Atomic uint64_t *)opaque((uint64_t)malloc(256) + 61);

	*place += batch->count;
}
