/* SPDX-License-Identifier: Apache-2.0
 *
 * Fetches the host's memory into the cache: allowed, it moves no value.
 *
 * expect: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	__builtin_prefetch(wild(HOST_PAGE), 1, 3);
	batch->packet[0].gate = 0;
}
