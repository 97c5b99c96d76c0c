/* SPDX-License-Identifier: Apache-2.0 */
#include "packets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flow.h"
#include "pool.h"

static struct fp_batch *batches;
static uint8_t *buffers; /* FP_PACKET_BUFFER bytes for each packet */
static uint32_t *flows;

static void *allocate(size_t count, size_t size)
{
	void *memory = aligned_alloc(FP_PACKET_BUFFER, (count * size + FP_PACKET_BUFFER - 1) &
							       ~(size_t)(FP_PACKET_BUFFER - 1));

	if (!memory) {
		fprintf(stderr, "no memory for %zu packets\n", count);
		exit(1);
	}
	memset(memory, 0, count * size);
	return memory;
}

struct fp_batch *shared_batches(const struct job *job)
{
	if (batches)
		return batches;
	batches = allocate(job->traffic.count / job->batch, sizeof(*batches));
	buffers = allocate(job->traffic.count, FP_PACKET_BUFFER);
	flows = allocate(job->traffic.count, sizeof(*flows));
	for (uint32_t i = 0; i < job->traffic.count; i++)
		flows[i] = fp_flow_hash(job->traffic.frame[i], job->traffic.len[i]);
	return batches;
}

/* Packet `number` of the job, in the buffer of that number. */
static struct fp_packet arrive(const struct job *job, uint32_t number, uint32_t buffer, uint64_t time)
{
	struct fp_packet packet = {
		.data = buffers + (size_t)buffer * FP_PACKET_BUFFER + FP_PACKET_HEADROOM,
		.len = job->traffic.len[number],
		.timestamp = time,
		.flow = flows[number],
		.room = FP_FRAME_MAX,
	};

	memcpy(packet.data, job->traffic.frame[number], packet.len);
	return packet;
}

void restore_packets(struct contender *contender, struct fp_batch *all)
{
	const struct job *job = contender->job;
	uint64_t first = contender->passes++ * job->traffic.count;

	for (uint32_t i = 0; i < job->traffic.count; i++) {
		struct fp_batch *batch = &all[i / job->batch];

		batch->count = job->batch;
		batch->packet[i % job->batch] = arrive(job, i, i, fp_traffic_time(first + i));
	}
}

void restore_batch(const struct job *job, struct fp_batch *batch, uint32_t from, uint64_t arrival)
{
	batch->count = job->batch;
	for (uint32_t i = 0; i < job->batch; i++)
		batch->packet[i] = arrive(job, from + i, i, fp_traffic_time(arrival + i));
}

void judge_packets(const struct job *job, const struct fp_batch *all, struct outcome *outcomes)
{
	for (uint32_t i = 0; i < job->traffic.count; i++) {
		const struct fp_packet *packet = &all[i / job->batch].packet[i % job->batch];

		outcomes[i] = outcome_of(packet->data, packet->len, packet->gate);
	}
}
