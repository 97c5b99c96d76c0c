/* SPDX-License-Identifier: Apache-2.0
 *
 * A packet pool as DPDK sees it: a mempool whose mbuf `n` has the pool's buffer `n` as its external memory, and
 * whose free mbufs are the pool's free buffers. So a driver writes a frame where the module reads it, and
 * fp_pool_give() is all it takes to let a received packet go. The mbufs themselves are DPDK's memory, which no module
 * has mapped: what a module writes into a buffer that a device has at that time is the packet's bytes, no more.
 */
#ifndef FASTPAAS_HOST_DPDK_POOL_H
#define FASTPAAS_HOST_DPDK_POOL_H

#include <stdbool.h>
#include <stdint.h>

#include <rte_mbuf.h>

#include "error.h"
#include "pool.h"

#define FP_DPDK_CACHE 64		       /* mbufs that DPDK keeps at hand, for the thread that owns the pool only */
#define FP_DPDK_CACHED (FP_DPDK_CACHE * 3 / 2) /* the most there can be */

struct fp_dpdk_pool {
	struct fp_pool *pool;
	struct rte_mempool *mempool;
	unsigned users;
	pthread_t thread; /* that owns the pool */
	unsigned served;  /* ports that have queues now */
	unsigned ports; /* that devices serve from it */
	uint32_t known; /* mbufs, while it is made */
	struct rte_mbuf *mbuf[];
};

/* The mempool over `pool`, made on first use. Of the control thread; NULL with `error` set on failure. */
struct fp_dpdk_pool *fp_dpdk_pool_open(struct fp_pool *pool, struct fp_error *error);
void fp_dpdk_pool_close(struct fp_dpdk_pool *self);

/* While devices are arranged: a port gets queues, or has none any more. */
void fp_dpdk_pool_serve(struct fp_dpdk_pool *self);
void fp_dpdk_pool_desert(struct fp_dpdk_pool *self);

/* What lies behind each mbuf of such a mempool. */
struct fp_dpdk_private {
	struct rte_mbuf_ext_shared_info shared;
	uint32_t number; /* of its buffer */
};

/* Not so if it is another's, though it may have a buffer of this pool: a clone. */
static inline bool fp_dpdk_pool_owns(const struct fp_dpdk_pool *self, const struct rte_mbuf *mbuf)
{
	return mbuf->pool == self->mempool;
}

/* Which buffer an mbuf that a pool owns has. */
static inline uint32_t fp_dpdk_pool_number(const struct rte_mbuf *mbuf)
{
	return ((const struct fp_dpdk_private *)(mbuf + 1))->number;
}

#endif
