/* SPDX-License-Identifier: Apache-2.0
 *
 * Start and length wrap around to an end in the arena.
 *
 * expect: fault api
 */
#include "attack.h"

static char own[64];
void attack(struct fp_batch *batch)
{
	(void)batch;
	memset(wild(HOST_PAGE), 1, (uint64_t)own - HOST_PAGE + 64); /* HERE */
}
