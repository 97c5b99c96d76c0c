/* SPDX-License-Identifier: Apache-2.0
 *
 * An NF that sends packets by turns to three gates.
 */
#include <fastpaas/nf.h>

static uint32_t next;

void process(struct fp_batch *batch)
{
	for (uint32_t i = 0; i < batch->count; i++)
		batch->packet[i].gate = (uint16_t)(next++ % 3);
}
