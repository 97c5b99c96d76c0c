/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading null faults even where reads are not guarded.
 *
 * expect: fault guard, memory: read
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	int *nothing = wild(0);

	batch->packet[0].len = (uint32_t)*nothing; /* HERE */
}
