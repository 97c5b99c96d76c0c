/* SPDX-License-Identifier: Apache-2.0
 *
 * A packet number far outside the batch.
 *
 * expect: fault guard: write
 * expect in segment: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	batch->packet[opaque(1ul << 36)].gate = 1; /* HERE */
}
