/* SPDX-License-Identifier: Apache-2.0
 *
 * Writes to memory of the host at a known address.
 *
 * expect: fault guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	uint64_t *place = wild(HOST_PAGE + 0x1000);

	*place = batch->count; /* HERE */
}
