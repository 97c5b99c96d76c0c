/* SPDX-License-Identifier: Apache-2.0
 *
 * Downwards from the packet buffer.
 *
 * expect: fault memory
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile uint8_t *data = batch->packet[0].data;

	for (uint64_t i = 0; i < 1ul << 33; i += 512)
		data[-i] = data[-i]; /* HERE */
}
