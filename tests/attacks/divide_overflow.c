/* SPDX-License-Identifier: Apache-2.0
 *
 * The least integer by -1.
 *
 * expect: fault arithmetic
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	int least = (int)opaque(0x80000000);

	batch->packet[0].timestamp = (uint64_t)(least / (int)opaque(~0ul)); /* HERE */
}
