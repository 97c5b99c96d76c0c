/* SPDX-License-Identifier: Apache-2.0
 *
 * No attack: backwards from the end of each packet's buffer, which is where the next one begins.
 *
 * expect: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	for (uint32_t i = 0; i < batch->count; i++) {
		volatile uint8_t *end = batch->packet[i].data + batch->packet[i].room;

		end[-1] = end[-2];
	}
}
