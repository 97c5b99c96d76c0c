/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads memory of the host at a known address.
 *
 * expect: fault guard: read
 * expect in wonly: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	uint64_t *place = wild(HOST_PAGE + 0x1000);

	(void)batch;
	tell(*place); /* HERE */
}
