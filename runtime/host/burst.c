/* SPDX-License-Identifier: Apache-2.0
 *
 * This is the per-packet cost of crossing into a module, so it is written with vectors: two descriptors
 * are copied as one, and one XOR against what was handed in proves an unmoved packet valid.
 */
#include "burst.h"

#include <stdbool.h>
#include <string.h>

#include <fastpaas/abi.h>

#include "processors.h"

typedef uint64_t descriptor __attribute__((vector_size(32), aligned(32), may_alias));
typedef uint64_t pair __attribute__((vector_size(64), aligned(64), may_alias)); /* of descriptors */

#define GATE_SHIFT 32 /* of the gate in the second 64 bits of a descriptor */
#define PORT_SHIFT 48
#define GATE_MASK (0xffffull << GATE_SHIFT)
#define PORT_MASK (0xffffull << PORT_SHIFT)

_Static_assert(sizeof(struct fp_packet) == sizeof(descriptor), "one vector");
_Static_assert(offsetof(struct fp_packet, data) == 0 && offsetof(struct fp_packet, len) == 8, "the first words");
_Static_assert(offsetof(struct fp_packet, gate) == 12 && offsetof(struct fp_packet, port) == 14, "the second word");

FOR_ALL_PROCESSORS void fp_burst_fill(const struct fp_burst *burst, struct fp_batch *batch, ptrdiff_t shift)
{
	const pair add = {(uint64_t)shift, 0, 0, 0, (uint64_t)shift, 0, 0, 0};
	const pair *from = (const pair *)burst->packet;
	pair *to = (pair *)batch->packet;
	uint32_t count = burst->count;

	batch->count = count;
	batch->reserved = 0;
	for (uint32_t i = 0; i < count / 2; i++)
		to[i] = from[i] + add;
	if (count % 2)
		((descriptor *)to)[count - 1] = ((const descriptor *)from)[count - 1] + (descriptor){(uint64_t)shift, 0, 0, 0};
}

/* What the first two words of the packets' descriptors differ in from what was handed in, as the OR over all packets. */
FOR_ALL_PROCESSORS static void find_changes(const struct fp_burst *burst, const struct fp_batch *batch, ptrdiff_t shift,
					    uint64_t found[2])
{
	const pair add = {(uint64_t)shift, 0, 0, 0, (uint64_t)shift, 0, 0, 0};
	const pair *before = (const pair *)burst->packet, *now = (const pair *)batch->packet;
	uint32_t count = burst->count;
	pair changes = {0};
	descriptor last = {0};

	for (uint32_t i = 0; i < count / 2; i++)
		changes |= now[i] ^ (before[i] + add);
	if (count % 2)
		last = ((const descriptor *)now)[count - 1] ^
		       (((const descriptor *)before)[count - 1] + (descriptor){(uint64_t)shift, 0, 0, 0});
	for (int word = 0; word < 2; word++)
		found[word] = changes[word] | changes[word + 4] | last[word];
}

static bool is_gate(uint16_t gate)
{
	return gate < FP_GATES || gate == FP_DROP;
}

static unsigned collect_gates(struct fp_burst *burst, const struct fp_batch *batch)
{
	unsigned bad = 0;

	for (uint32_t i = 0; i < burst->count; i++) {
		uint16_t gate = ((const volatile struct fp_packet *)batch->packet)[i].gate;

		bad += !is_gate(gate);
		burst->packet[i].gate = is_gate(gate) ? gate : FP_BAD_GATE;
	}
	return bad;
}

static uint16_t judge(const struct fp_packet *given, uint64_t data, uint32_t len, uint16_t gate)
{
	uint64_t end = (uint64_t)given->data + given->room;
	uint64_t room = end - data;

	if (room > FP_PACKET_BUFFER)
		return FP_BAD_DATA;
	if (len > room)
		return FP_BAD_LENGTH;
	return is_gate(gate) ? gate : FP_BAD_GATE;
}

static unsigned collect_one(struct fp_packet *packet, const volatile struct fp_packet *given_back, ptrdiff_t shift)
{
	uint64_t data = (uint64_t)given_back->data - (uint64_t)shift;
	uint32_t len = given_back->len;
	uint16_t gate = judge(packet, data, len, given_back->gate);

	packet->gate = gate;
	if (gate >= FP_BAD_GATE && gate != FP_DROP)
		return 1;
	packet->room = (uint32_t)((uint64_t)packet->data + packet->room - data);
	packet->data = (uint8_t *)data;
	packet->len = len;
	return 0;
}

static unsigned collect_all(struct fp_burst *burst, const struct fp_batch *batch, ptrdiff_t shift)
{
	unsigned bad = 0;

	for (uint32_t i = 0; i < burst->count; i++)
		bad += collect_one(&burst->packet[i], &batch->packet[i], shift);
	return bad;
}

unsigned fp_burst_collect(struct fp_burst *burst, const struct fp_batch *batch, ptrdiff_t shift)
{
	uint64_t changes[2], rest;

	find_changes(burst, batch, shift, changes);
	rest = changes[1] & ~PORT_MASK;
	burst->gates_set = changes[0] | rest;
	if (changes[0] | (rest & ~GATE_MASK))
		return collect_all(burst, batch, shift);
	return rest ? collect_gates(burst, batch) : 0;
}
