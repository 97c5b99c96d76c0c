/* SPDX-License-Identifier: Apache-2.0
 *
 * The old builtins.
 *
 * expect: fault guard
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	batch->packet[0].timestamp = __sync_fetch_and_nand((uint64_t *)wild(HOST_PAGE), batch->count); /* HERE */
}
