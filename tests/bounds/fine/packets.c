/* SPDX-License-Identifier: Apache-2.0
 *
 * All of a packet's buffer, and a frame that grows at its front.
 */
#include "program.h"

static void run(struct fp_batch *batch)
{
	for (unsigned i = 0; i < batch->count; i++) {
		struct fp_packet *packet = &batch->packet[i];

		memmove(packet->data - 4, packet->data, 12);
		packet->data -= 4;
		packet->len += 4;
		packet->data[12] = 0x81;
		packet->data[13] = 0;
		packet->data[packet->room + 3 + zero] = 0;
		packet->data[(int)zero - FP_PACKET_HEADROOM + 4] = 0;
	}
}
