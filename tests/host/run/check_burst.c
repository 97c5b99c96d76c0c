/* SPDX-License-Identifier: Apache-2.0
 *
 * Hands bursts of all sizes to a module that changes one field of one packet's descriptor, and takes them back. Each line
 * of standard input is SIZE PACKET FIELD VALUE, FIELD being 0 for data (less what it was), 1 len, 2 gate, 3 port and
 * 4 room; printed is, for each, how many packets are bad, the packet's data (less what it was), len, gate and end of its
 * buffer (less data as it was), and whether all other packets, and what follows them in the batch, are as they were.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <fastpaas/abi.h>

#include "burst.h"

#define SHIFT 0x7000
#define CANARY 0x5a

static struct fp_burst burst, before;
static struct {
	uint8_t pad[64 - offsetof(struct fp_batch, packet)];
	struct fp_batch batch;
} in_arena __attribute__((aligned(64)));

static void fill(uint32_t size)
{
	memset(&burst, CANARY, sizeof(burst));
	burst.count = 0;
	for (uint32_t i = 0; i < size; i++)
		*fp_burst_append(&burst, i, i) = (struct fp_packet){.data = (uint8_t *)((i + 1ull) * FP_PACKET_BUFFER) +
									    FP_PACKET_HEADROOM,
								    .len = 60 + i,
								    .port = (uint16_t)i,
								    .timestamp = i,
								    .flow = i,
								    .room = FP_PACKET_BUFFER - FP_PACKET_HEADROOM};
	before = burst;
	memset(&in_arena, CANARY, sizeof(in_arena));
	fp_burst_fill(&burst, &in_arena.batch, SHIFT);
}

static void change(struct fp_packet *packet, int field, uint64_t value)
{
	switch (field) {
	case 0:
		packet->data = (uint8_t *)((uint64_t)packet->data + value);
		break;
	case 1:
		packet->len = (uint32_t)value;
		break;
	case 2:
		packet->gate = (uint16_t)value;
		break;
	case 3:
		packet->port = (uint16_t)value;
		break;
	default:
		packet->room = (uint32_t)value;
	}
}

static bool is_untouched(uint32_t packet)
{
	const uint8_t *rest = (const uint8_t *)&in_arena.batch.packet[burst.count];

	for (; rest < (const uint8_t *)(&in_arena + 1); rest++)
		if (*rest != CANARY)
			return false;
	for (uint32_t i = 0; i < burst.count; i++)
		if (i != packet && memcmp(&burst.packet[i], &before.packet[i], sizeof(struct fp_packet)) != 0)
			return false;
	return true;
}

int main(void)
{
	uint32_t size, packet;
	uint64_t value;
	int field;

	while (scanf("%" SCNu32 "%" SCNu32 "%d%" SCNu64, &size, &packet, &field, &value) == 4) {
		const struct fp_packet *is = &burst.packet[packet], *was = &before.packet[packet];
		unsigned bad;

		fill(size);
		change(&in_arena.batch.packet[packet], field, value);
		bad = fp_burst_collect(&burst, &in_arena.batch, SHIFT);
		printf("%u %td %" PRIu32 " %u %td %d\n", bad, is->data - was->data, is->len, is->gate,
		       is->data + is->room - was->data, is_untouched(packet));
	}
	return 0;
}
