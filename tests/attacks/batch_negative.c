/* SPDX-License-Identifier: Apache-2.0
 *
 * Packet -2^32.
 *
 * expect: fault guard: write
 * expect in segment: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	batch->packet[-(int64_t)opaque(1ul << 32)].gate = 1; /* HERE */
}
