/* SPDX-License-Identifier: Apache-2.0
 *
 * macswap: exchanges the source and destination Ethernet addresses of every frame.
 *
 * Gates      0 all frames; frames too short for two addresses are dropped.
 * Arguments  none; a non-empty argument file is refused.
 * Limits     none. Constant time per packet, no state.
 */
#include "packet.h"

int init(const struct fp_args *args)
{
	if (args->len == 0)
		return 0;
	fp_logf(FP_ERROR, "macswap takes no argument file");
	return -1;
}

/* An Ethernet address as two scalars, so that it stays in registers. */
struct address {
	uint32_t head;
	uint16_t tail;
};

static struct address load_address(const uint8_t *p)
{
	struct address address;

	memcpy(&address.head, p, 4);
	memcpy(&address.tail, p + 4, 2);
	return address;
}

static void store_address(uint8_t *p, struct address address)
{
	memcpy(p, &address.head, 4);
	memcpy(p + 4, &address.tail, 2);
}

static void swap_addresses(uint8_t *frame)
{
	struct address destination = load_address(frame);
	struct address source = load_address(frame + 6);

	store_address(frame, source);
	store_address(frame + 6, destination);
}

void process(struct fp_batch *batch)
{
	const uint32_t count = batch->count;

	for (uint32_t i = 0; i < count; i++) {
		struct fp_packet *packet = &batch->packet[i];

		if (unlikely(packet->len < ETHERNET_HEADER))
			packet->gate = FP_DROP;
		else
			swap_addresses(packet->data);
	}
}
