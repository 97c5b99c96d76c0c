/* SPDX-License-Identifier: Apache-2.0
 *
 * The same from another function, through a pointer.
 *
 * expect: fault guard: write
 * expect in pointer: contained
 */
#include "attack.h"

static uint64_t place = HOST_PAGE;
void process(struct fp_batch *batch)
{
	batch->packet[0].gate = 0; /* HERE */
	for (unsigned i = 0; i < batch->count; i++)
		batch->packet[i].timestamp = 0;
	if (place) {
		void (*volatile again)(struct fp_batch *) = process;
		uint64_t next = opaque(place);

		place = 0;
		again((struct fp_batch *)next);
	}
}
