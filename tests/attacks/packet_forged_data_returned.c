/* SPDX-License-Identifier: Apache-2.0
 *
 * Hands the host a packet that lies in the host's memory.
 *
 * expect: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	batch->packet[1].data = wild(HOST_PAGE);
	batch->packet[1].len = 100;
	batch->packet[2].data = wild(note_of(batch)->data);
	batch->packet[3].data = NULL;
	batch->packet[4].data = (uint8_t *)~0ul;
}
