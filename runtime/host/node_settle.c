/* SPDX-License-Identifier: Apache-2.0
 *
 * Accounting of packets at a node: in = gates + bypassed + drops, always.
 */
#include "node.h"

const char *const fp_drop_names[FP_DROPS] = {
	[FP_DROPPED_BY_MODULE] = "dropped by module", [FP_DROPPED_FAULT] = "fault",
	[FP_DROPPED_DEAD] = "module dead",	      [FP_DROPPED_WAITING] = "module restarting",
	[FP_DROPPED_BAD_DATA] = "bad data",	      [FP_DROPPED_BAD_LENGTH] = "bad length",
	[FP_DROPPED_BAD_GATE] = "bad gate",	      [FP_DROPPED_NO_EDGE] = "gate leads nowhere",
	[FP_DROPPED_QUEUE] = "queue full",	      [FP_DROPPED_NO_BUFFER] = "no buffer",
	[FP_DROPPED_BY_NODE] = "dropped by node",     [FP_DROPPED_SEND] = "output failed",
};

enum fp_drop fp_drop_of(uint16_t gate)
{
	switch (gate) {
	case FP_BAD_DATA:
		return FP_DROPPED_BAD_DATA;
	case FP_BAD_LENGTH:
		return FP_DROPPED_BAD_LENGTH;
	case FP_BAD_GATE:
		return FP_DROPPED_BAD_GATE;
	default:
		return FP_DROPPED_BY_MODULE;
	}
}

static void count(struct fp_node *node, uint16_t gate, uint32_t packets)
{
	if (gate < FP_GATES)
		node->gate[gate] += packets;
	else
		node->drop[fp_drop_of(gate)] += packets;
}

/* Counts runs of equal gates: adding to one counter per packet would chain on its store. */
void fp_node_settle(struct fp_node *node, struct fp_burst *burst)
{
	uint32_t kept = 0, run = 0;

	if (!burst->gates_set) {
		node->gate[0] += burst->count;
		return;
	}
	if (__builtin_expect(node->witness != NULL, 0))
		node->witness(node->watcher, burst);
	for (uint32_t i = 0; i < burst->count; i++) {
		uint16_t gate = burst->packet[i].gate;

		run++;
		if (i + 1 == burst->count || burst->packet[i + 1].gate != gate) {
			count(node, gate, run);
			run = 0;
		}
		if (gate >= FP_GATES) {
			fp_pool_give(node->pool, burst->buffer[i]);
			continue;
		}
		if (kept != i)
			fp_burst_move(burst, i, kept);
		kept++;
	}
	burst->count = kept;
}

void fp_node_drop_all(struct fp_node *node, struct fp_burst *burst, enum fp_drop reason)
{
	for (uint32_t i = 0; i < burst->count; i++)
		fp_pool_give(node->pool, burst->buffer[i]);
	node->drop[reason] += burst->count;
	burst->count = 0;
}
