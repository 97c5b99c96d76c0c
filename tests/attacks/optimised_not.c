/* SPDX-License-Identifier: Apache-2.0
 *
 * Without optimisation.
 *
 * expect: fault guard: write
 * flags: -O0
 */
#include "attack.h"

static uint64_t own[4];
void attack(struct fp_batch *batch)
{
	uint64_t *place = &own[0];

	for (unsigned i = 0; i < 3; i++)
		place += (HOST_PAGE - (uint64_t)own) / 8 / 2;
	*place = batch->count; /* HERE */
}
