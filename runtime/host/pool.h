/* SPDX-License-Identifier: Apache-2.0
 *
 * The packet pool of a tenant: one memory object of FP_PACKET_BUFFER-sized buffers, mapped into each
 * arena at FP_PACKETS_OFFSET. The host has its own mapping and never follows a module's pointer. Every
 * mapping leaves FP_GUARD_ZONE bytes between groups of FP_BATCH_MAX buffers, so that a batch's packets,
 * which are of one group if they can be, have no others near them.
 */
#ifndef FASTPAAS_HOST_POOL_H
#define FASTPAAS_HOST_POOL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <fastpaas/abi.h>

#include "error.h"

#define FP_POOL_MAX ((FP_PACKETS_LIMIT - FP_PACKETS_OFFSET) / FP_PACKETS_SLOT * FP_BATCH_MAX)
#define FP_FRAME_MAX (FP_PACKET_BUFFER - FP_PACKET_HEADROOM) /* bytes of a frame that fit on arrival */

struct fp_pool {
	int fd;
	uint8_t *base; /* the host's mapping */
	uint32_t count;
	uint32_t free_count;
	uint32_t *free; /* stack of free buffer numbers */
	uint32_t lent;	/* buffers that ports have for now, but for those that other threads have returned */
	_Atomic(pthread_t) owner;   /* the thread that uses it; others may only return buffers to it */
	_Atomic uint32_t returned;  /* the last buffer that another thread has returned; FP_POOL_NONE: none */
	uint32_t *returned_before; /* by buffer: the one that had been returned before it */
	void (*settle)(void *more); /* gives what ports have ready to be used again; NULL: nothing */
	void *settles;
};

#define FP_POOL_NONE UINT32_MAX

/* What pthread_self() says, in threads that own pools: it is asked for each packet that a device is done with. */
extern _Thread_local pthread_t fp_pool_thread;

/* This thread may own pools from now on. */
static inline void fp_pool_enter_thread(void)
{
	fp_pool_thread = pthread_self();
}

/* `count` buffers, 1 to FP_POOL_MAX. The caller's thread owns it. */
int fp_pool_create(struct fp_pool *pool, uint32_t count, struct fp_error *error);
void fp_pool_destroy(struct fp_pool *pool);

/* Maps all buffers, one group after the other: `map` gets what `more` is, where a group lies in the mapping and in
 * the memory object, and its size, all in bytes; it returns 0, or -1 with `error` set. */
int fp_pool_map(const struct fp_pool *pool,
		int (*map)(void *more, size_t offset, size_t in_object, size_t bytes, struct fp_error *error), void *more,
		struct fp_error *error);

/* Where a buffer lies in a mapping, in bytes. */
static inline size_t fp_pool_offset(uint32_t number)
{
	return (size_t)(number / FP_BATCH_MAX) * FP_PACKETS_SLOT + (size_t)(number % FP_BATCH_MAX) * FP_PACKET_BUFFER;
}

static inline uint8_t *fp_pool_buffer(const struct fp_pool *pool, uint32_t number)
{
	return pool->base + fp_pool_offset(number);
}

/* The caller never takes more than there are: the runner owns at most one burst at a time. */
static inline uint32_t fp_pool_take(struct fp_pool *pool)
{
	return pool->free[--pool->free_count];
}

static inline void fp_pool_give(struct fp_pool *pool, uint32_t number)
{
	pool->free[pool->free_count++] = number;
}

static inline bool fp_pool_is_mine(struct fp_pool *pool)
{
	return atomic_load_explicit(&pool->owner, memory_order_relaxed) == fp_pool_thread;
}

/* From any thread: the buffer, which a port had, is free once its owner has collected it. */
void fp_pool_return(struct fp_pool *pool, uint32_t number);

/* For the owner, seldom: all buffers that ports are done with are free. */
void fp_pool_collect(struct fp_pool *pool);

#endif
