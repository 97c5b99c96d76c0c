/* SPDX-License-Identifier: Apache-2.0
 *
 * An NF that counts packets which come after a later one of their flow, or twice. A packet's time stamp is its number: the
 * input gives each packet a later one than the packet before.
 */
#include <fastpaas/nf.h>

#define PLACES 65536u /* a power of two, many more than there are flows */

struct place {
	uint64_t last; /* time stamp; 0: the place is free */
	uint32_t flow;
};

static struct place table[PLACES];
static int seen, flows, late;

int init(const struct fp_args *args)
{
	(void)args;
	seen = fp_counter("seen");
	flows = fp_counter("flows");
	late = fp_counter("late");
	return 0;
}

/* The flow's place, or the free one it is to have. */
static struct place *find(uint32_t flow)
{
	uint32_t at = flow % PLACES;

	for (uint32_t i = 0; i < PLACES && table[at].last && table[at].flow != flow; i++)
		at = (at + 1) % PLACES;
	return &table[at];
}

void process(struct fp_batch *batch)
{
	for (uint32_t i = 0; i < batch->count; i++) {
		const struct fp_packet *packet = &batch->packet[i];
		struct place *place = find(packet->flow);

		fp_count(flows, !place->last);
		fp_count(late, packet->timestamp <= place->last);
		place->flow = packet->flow;
		if (packet->timestamp > place->last)
			place->last = packet->timestamp;
	}
	fp_count(seen, batch->count);
}
