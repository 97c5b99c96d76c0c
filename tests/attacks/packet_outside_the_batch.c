/* SPDX-License-Identifier: Apache-2.0
 *
 * From a packet of the batch to a buffer of the pool that holds none of it.
 *
 * expect: fault guard
 * expect in segment: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	uint8_t *data = batch->packet[0].data;
	uint64_t pool = (uint64_t)data & -(uint64_t)(FP_BATCH_MAX * FP_PACKET_BUFFER); /* the first group of buffers */
	uint64_t other = pool + 60 * FP_PACKET_BUFFER;
	uint64_t distance = opaque(other) - opaque((uint64_t)data);

	data[distance] = 1; /* HERE */
}
