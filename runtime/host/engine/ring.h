/* SPDX-License-Identifier: Apache-2.0
 *
 * Frames on their way from one worker to another: one thread writes, one reads, neither waits. A worker's packet
 * buffers are its own, so frames are copied into the ring's slots and out of them.
 */
#ifndef FASTPAAS_HOST_ENGINE_RING_H
#define FASTPAAS_HOST_ENGINE_RING_H

#include <stdatomic.h>
#include <stdint.h>

#include "burst.h"
#include "error.h"
#include "pool.h"

#define FP_RING_SLOTS 512 /* a power of two */

struct fp_ring_slot {
	uint64_t number;
	uint64_t timestamp;
	uint32_t flow;
	uint32_t len;
	uint8_t frame[FP_PACKET_BUFFER];
};

struct fp_ring {
	_Atomic uint32_t written __attribute__((aligned(64))); /* slots, counted without end */
	_Atomic uint32_t read __attribute__((aligned(64)));
	struct fp_ring_slot slot[FP_RING_SLOTS] __attribute__((aligned(64)));
};

/* Fills a slot with packet `i`; and the packet that a filled one holds, whose data is the slot's. */
void fp_ring_slot_fill(struct fp_ring_slot *slot, const struct fp_burst *burst, uint32_t i);
struct fp_packet fp_ring_slot_packet(struct fp_ring_slot *slot);

/* The first `packets` of the ring as a burst that owns no buffers. For the reader. */
void fp_ring_show(struct fp_ring *ring, uint32_t packets, struct fp_burst *burst);

/* Appends a copy of what a filled slot holds, in a buffer of the pool; there must be one. */
void fp_ring_slot_take(struct fp_ring_slot *slot, struct fp_pool *pool, struct fp_burst *burst);

struct fp_ring *fp_ring_create(struct fp_error *error);
void fp_ring_destroy(struct fp_ring *ring);

/* For the writer: free slots; the n-th of them; and `count` of them are filled. */
static inline uint32_t fp_ring_room(const struct fp_ring *ring)
{
	return FP_RING_SLOTS - (atomic_load_explicit(&ring->written, memory_order_relaxed) -
				atomic_load_explicit(&ring->read, memory_order_acquire));
}

static inline struct fp_ring_slot *fp_ring_free(struct fp_ring *ring, uint32_t n)
{
	return &ring->slot[(atomic_load_explicit(&ring->written, memory_order_relaxed) + n) % FP_RING_SLOTS];
}

static inline void fp_ring_push(struct fp_ring *ring, uint32_t count)
{
	atomic_store_explicit(&ring->written, atomic_load_explicit(&ring->written, memory_order_relaxed) + count,
			      memory_order_release);
}

/* For the reader: filled slots; the n-th of them; and `count` of them are done with. */
static inline uint32_t fp_ring_waiting(const struct fp_ring *ring)
{
	return atomic_load_explicit(&ring->written, memory_order_acquire) -
	       atomic_load_explicit(&ring->read, memory_order_relaxed);
}

static inline struct fp_ring_slot *fp_ring_filled(struct fp_ring *ring, uint32_t n)
{
	return &ring->slot[(atomic_load_explicit(&ring->read, memory_order_relaxed) + n) % FP_RING_SLOTS];
}

static inline void fp_ring_pop(struct fp_ring *ring, uint32_t count)
{
	atomic_store_explicit(&ring->read, atomic_load_explicit(&ring->read, memory_order_relaxed) + count,
			      memory_order_release);
}

#endif
