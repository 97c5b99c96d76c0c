/* SPDX-License-Identifier: Apache-2.0
 *
 * Swaps the buffers of packets, overlaps them, and moves them past their ends.
 *
 * expect: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	uint8_t *first = batch->packet[0].data;

	batch->packet[0].data = batch->packet[1].data;
	batch->packet[1].data = first;
	batch->packet[2].data = batch->packet[3].data;
	batch->packet[4].data += FP_PACKET_BUFFER;
	batch->packet[5].data -= FP_PACKET_BUFFER;
}
