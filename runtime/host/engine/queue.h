/* SPDX-License-Identifier: Apache-2.0
 *
 * Packets waiting for a stage, as bursts in order. What arrives fills the last burst first: so the small bursts
 * that a branch makes of a large one grow together again.
 */
#ifndef FASTPAAS_HOST_ENGINE_QUEUE_H
#define FASTPAAS_HOST_ENGINE_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

#include "burst.h"
#include "error.h"

#define FP_QUEUE_BURSTS 16 /* a power of two */

/* Empty bursts of a tenant on one worker: enough for every packet it can have there. */
struct fp_bursts {
	uint32_t free_count;
	uint32_t count;
	uint32_t most; /* packets that one may have */
	struct fp_burst *all;
	struct fp_burst **free;
};

int fp_bursts_create(struct fp_bursts *bursts, uint32_t count, uint32_t most, struct fp_error *error);
void fp_bursts_destroy(struct fp_bursts *bursts);

static inline struct fp_burst *fp_bursts_take(struct fp_bursts *bursts)
{
	struct fp_burst *burst = bursts->free[--bursts->free_count];

	burst->count = 0;
	burst->gates_set = false;
	return burst;
}

static inline void fp_bursts_give(struct fp_bursts *bursts, struct fp_burst *burst)
{
	bursts->free[bursts->free_count++] = burst;
}

/* One that runs empty begins anew: most hold one burst at a time, always in the same line of the cache. */
struct fp_queue {
	uint32_t head;
	uint32_t bursts;
	uint32_t packets;
	struct {
		struct fp_burst *burst;
		uint64_t since; /* time stamp counter when the burst's first packet came */
	} slot[FP_QUEUE_BURSTS];
};

/* Whether `packets` more surely find room. */
static inline bool fp_queue_has_room(const struct fp_queue *queue, uint32_t packets)
{
	return queue->bursts + (packets + FP_BATCH_MAX - 1) / FP_BATCH_MAX < FP_QUEUE_BURSTS;
}

static inline bool fp_queue_is_long(const struct fp_queue *queue)
{
	return queue->bursts >= FP_QUEUE_BURSTS / 2;
}

/* When the packet that has waited longest came. */
static inline uint64_t fp_queue_since(const struct fp_queue *queue)
{
	return queue->slot[queue->head].since;
}

/* Appends the whole burst, which the queue owns from then on; its gates must be 0. There must be
 * room. */
void fp_queue_put(struct fp_queue *queue, struct fp_bursts *bursts, struct fp_burst *burst, uint64_t now);

/* Appends packet `i` of a burst. There must be room. */
void fp_queue_put_one(struct fp_queue *queue, struct fp_bursts *bursts, const struct fp_burst *from, uint32_t i,
		      uint64_t now);

/* The oldest burst, the caller's from then on. There must be one. */
struct fp_burst *fp_queue_take(struct fp_queue *queue);

#endif
