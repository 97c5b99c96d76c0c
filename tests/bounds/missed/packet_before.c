/* SPDX-License-Identifier: Apache-2.0
 *
 * From one packet's buffer into the one before.
 *
 * report: read of 1 byte at offset -1 of a 2048-byte packet buffer
 */
#include "program.h"

static void run(struct fp_batch *batch)
{
	sink = batch->packet[batch->count / 2].data[-FP_PACKET_HEADROOM - 1 - (int)zero]; /* HERE */
}
