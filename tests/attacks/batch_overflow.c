/* SPDX-License-Identifier: Apache-2.0
 *
 * Counts on past the last packet of the batch.
 *
 * expect: fault memory: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	for (uint64_t i = 0; i < 1ul << 32; i++)
		batch->packet[i].gate = FP_DROP; /* HERE */
}
