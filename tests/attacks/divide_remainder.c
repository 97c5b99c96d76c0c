/* SPDX-License-Identifier: Apache-2.0
 *
 * The remainder of the same.
 *
 * expect: fault arithmetic
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	int64_t least = (int64_t)opaque(1ul << 63);

	batch->packet[0].timestamp = (uint64_t)(least % (int64_t)opaque(~0ul)); /* HERE */
}
