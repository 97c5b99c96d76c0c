/* SPDX-License-Identifier: Apache-2.0
 *
 * From one packet's buffer into the next one's.
 *
 * report: write of 1 byte at offset 2048 of a 2048-byte packet buffer
 */
#include "program.h"

static void run(struct fp_batch *batch)
{
	batch->packet[0].data[2048 - FP_PACKET_HEADROOM + zero] = 1; /* HERE */
}
