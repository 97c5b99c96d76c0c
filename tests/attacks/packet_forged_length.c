/* SPDX-License-Identifier: Apache-2.0
 *
 * Lengths that no packet has.
 *
 * expect: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	batch->packet[0].len = ~0u;
	batch->packet[1].len = 0x80000000u;
	batch->packet[2].len = FP_PACKET_BUFFER + 1;
	batch->packet[3].len = 0;
	batch->packet[4].room = ~0u;
}
