/* SPDX-License-Identifier: Apache-2.0 */
#include "queue.h"

#include <stdlib.h>

int fp_bursts_create(struct fp_bursts *bursts, uint32_t count, uint32_t most, struct fp_error *error)
{
	*bursts = (struct fp_bursts){.count = count, .most = most};
	bursts->all = aligned_alloc(64, count * sizeof(*bursts->all));
	bursts->free = calloc(count, sizeof(*bursts->free));
	if (!bursts->all || !bursts->free) {
		fp_bursts_destroy(bursts);
		return fp_fail(error, "no memory for %u bursts", count);
	}
	for (uint32_t i = 0; i < count; i++)
		fp_bursts_give(bursts, &bursts->all[count - 1 - i]);
	return 0;
}

void fp_bursts_destroy(struct fp_bursts *bursts)
{
	free(bursts->all);
	free(bursts->free);
	*bursts = (struct fp_bursts){0};
}

static struct fp_burst *last_of(const struct fp_queue *queue)
{
	return queue->bursts ? queue->slot[(queue->head + queue->bursts - 1) % FP_QUEUE_BURSTS].burst : NULL;
}

static void add_burst(struct fp_queue *queue, struct fp_burst *burst, uint64_t now)
{
	uint32_t at = (queue->head + queue->bursts++) % FP_QUEUE_BURSTS;

	queue->slot[at].burst = burst;
	queue->slot[at].since = now;
}

void fp_queue_put_one(struct fp_queue *queue, struct fp_bursts *bursts, const struct fp_burst *from, uint32_t i,
		      uint64_t now)
{
	struct fp_burst *last = last_of(queue);

	if (!last || last->count >= bursts->most) {
		last = fp_bursts_take(bursts);
		add_burst(queue, last, now);
	}
	*fp_burst_append(last, from->buffer[i], from->number[i]) = from->packet[i];
	last->packet[last->count - 1].gate = 0;
	queue->packets++;
}

void fp_queue_put(struct fp_queue *queue, struct fp_bursts *bursts, struct fp_burst *burst, uint64_t now)
{
	const struct fp_burst *last = last_of(queue);

	if (!last || last->count >= bursts->most) {
		add_burst(queue, burst, now);
		queue->packets += burst->count;
		return;
	}
	for (uint32_t i = 0; i < burst->count; i++)
		fp_queue_put_one(queue, bursts, burst, i, now);
	fp_bursts_give(bursts, burst);
}

struct fp_burst *fp_queue_take(struct fp_queue *queue)
{
	struct fp_burst *burst = queue->slot[queue->head].burst;

	queue->bursts--;
	queue->head = queue->bursts ? (queue->head + 1) % FP_QUEUE_BURSTS : 0;
	queue->packets -= burst->count;
	return burst;
}
