/* SPDX-License-Identifier: Apache-2.0
 *
 * DPDK has rte_pktmbuf_pool_create_extbuf() for this, but it takes a mempool's operations from a setting that all
 * mempools share, those that drivers make for themselves included.
 */
#include "dpdk_pool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <rte_errno.h>
#include <rte_memory.h>
#include <rte_mempool.h>

#include "arena.h"
#include "dpdk_eal.h"

#define OPS "fastpaas"

_Static_assert(FP_PACKET_HEADROOM == RTE_PKTMBUF_HEADROOM, "drivers leave the headroom that modules are promised");

static int begin(struct rte_mempool *mempool)
{
	mempool->pool_data = mempool->pool_config;
	return 0;
}

static void end(struct rte_mempool *mempool)
{
	(void)mempool;
}

/* Mbufs come here first when they are made, without a buffer; the buffers themselves are free. Then other threads' do: they
 * go back to the thread that owns the pool. */
static __attribute__((noinline)) int give_seldom(struct fp_dpdk_pool *self, void *const *object, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (self->known < self->pool->count)
			self->mbuf[self->known++] = object[i];
		else
			fp_pool_return(self->pool, fp_dpdk_pool_number(object[i]));
	return 0;
}

/* Apart from give() so that that saves no registers: drivers give mbufs back one by one. */
static __attribute__((noinline)) int give_own(struct fp_pool *pool, void *const *object, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		fp_pool_give(pool, fp_dpdk_pool_number(object[i]));
	pool->lent -= count;
	return 0;
}

static int give(struct rte_mempool *mempool, void *const *object, unsigned count)
{
	struct fp_dpdk_pool *self = mempool->pool_data;
	struct fp_pool *pool = self->pool;

	if (__builtin_expect(self->known < pool->count || !fp_pool_is_mine(pool), 0))
		return give_seldom(self, object, count);
	return give_own(pool, object, count);
}

/* The last FP_BATCH_MAX buffers are the host's: what else reads packets takes them without asking. */
static int take(struct rte_mempool *mempool, void **object, unsigned count)
{
	struct fp_dpdk_pool *self = mempool->pool_data;
	struct fp_pool *pool = self->pool;

	if (!fp_pool_is_mine(pool))
		return -ENOBUFS;
	if (pool->free_count < count + FP_BATCH_MAX)
		fp_pool_collect(pool);
	if (pool->free_count < count + FP_BATCH_MAX)
		return -ENOBUFS;
	for (unsigned i = 0; i < count; i++)
		object[i] = self->mbuf[fp_pool_take(pool)];
	pool->lent += count;
	return 0;
}

static unsigned count_free(const struct rte_mempool *mempool)
{
	const struct fp_dpdk_pool *self = mempool->pool_data;

	return self->known < self->pool->count ? self->known : self->pool->free_count;
}

static const struct rte_mempool_ops ops = {
	.name = OPS, .alloc = begin, .free = end, .enqueue = give, .dequeue = take, .get_count = count_free};

RTE_MEMPOOL_REGISTER_OPS(ops);

/* The mbuf was freed before its last clone, which goes now. */
static void free_after_clones(void *buffer, void *object)
{
	struct rte_mbuf *mbuf = object;

	(void)buffer;
	rte_mbuf_ext_refcnt_set(mbuf->shinfo, 1);
	mbuf->ol_flags = RTE_MBUF_F_EXTERNAL;
	mbuf->next = NULL;
	mbuf->nb_segs = 1;
	rte_mbuf_raw_free(mbuf);
}

static void init_mbuf(struct rte_mempool *mempool, void *more, void *object, unsigned number)
{
	const struct fp_dpdk_pool *self = more;
	uint8_t *buffer = fp_pool_buffer(self->pool, number);
	struct rte_mbuf *mbuf = self->mbuf[number];
	struct fp_dpdk_private *own = (struct fp_dpdk_private *)(mbuf + 1);

	(void)object;
	*mbuf = (struct rte_mbuf){
		.buf_addr = buffer,
		.buf_iova = (rte_iova_t)buffer,
		.data_off = FP_PACKET_HEADROOM,
		.refcnt = 1,
		.nb_segs = 1,
		.port = RTE_MBUF_PORT_INVALID,
		.ol_flags = RTE_MBUF_F_EXTERNAL,
		.buf_len = FP_PACKET_BUFFER,
		.pool = mempool,
		.priv_size = sizeof(*own),
		.shinfo = &own->shared,
	};
	*own = (struct fp_dpdk_private){
		.shared = {.free_cb = free_after_clones, .fcb_opaque = mbuf, .refcnt = 1}, .number = number};
}

static int populate(struct fp_dpdk_pool *self)
{
	struct rte_pktmbuf_pool_private private = {
		.mbuf_data_room_size = FP_PACKET_BUFFER,
		.mbuf_priv_size = sizeof(struct fp_dpdk_private),
		.flags = RTE_PKTMBUF_POOL_F_PINNED_EXT_BUF,
	};
	int status = rte_mempool_set_ops_byname(self->mempool, OPS, self);

	if (status < 0)
		return status;
	rte_pktmbuf_pool_init(self->mempool, &private);
	status = rte_mempool_populate_default(self->mempool);
	if (status < 0)
		return status;
	rte_mempool_obj_iter(self->mempool, init_mbuf, self);
	return 0;
}

/* Only the owner's thread may keep mbufs at hand: what others have in a cache would not come back. */
static void set_cache(struct fp_dpdk_pool *self, unsigned lcore, uint32_t size)
{
	self->mempool->local_cache[lcore].size = size;
	self->mempool->local_cache[lcore].flushthresh = size * 3 / 2;
}

static void settle(void *more)
{
	struct fp_dpdk_pool *self = more;
	unsigned lcore = fp_dpdk_eal_lcore(self->thread);

	if (lcore < RTE_MAX_LCORE)
		rte_mempool_cache_flush(&self->mempool->local_cache[lcore], self->mempool);
}

void fp_dpdk_pool_serve(struct fp_dpdk_pool *self)
{
	unsigned lcore = fp_dpdk_eal_lcore(self->thread);

	self->served++;
	self->pool->settle = settle;
	self->pool->settles = self;
	if (lcore < RTE_MAX_LCORE)
		set_cache(self, lcore, FP_DPDK_CACHE);
}

void fp_dpdk_pool_desert(struct fp_dpdk_pool *self)
{
	if (fp_pool_is_mine(self->pool))
		fp_pool_collect(self->pool);
	if (--self->served == 0)
		self->pool->settle = NULL;
}

static void name_mempool(char name[RTE_MEMPOOL_NAMESIZE], const struct fp_pool *pool)
{
	snprintf(name, RTE_MEMPOOL_NAMESIZE, "fastpaas-%d", pool->fd);
}

static int make_mempool(struct fp_dpdk_pool *self)
{
	char name[RTE_MEMPOOL_NAMESIZE];
	int status;

	name_mempool(name, self->pool);
	self->mempool = rte_mempool_create_empty(name, self->pool->count, sizeof(struct rte_mbuf) + sizeof(struct fp_dpdk_private), FP_DPDK_CACHE,
						 sizeof(struct rte_pktmbuf_pool_private), SOCKET_ID_ANY, 0);
	if (!self->mempool)
		return -rte_errno;
	for (unsigned lcore = 0; lcore < RTE_MAX_LCORE; lcore++)
		set_cache(self, lcore, 0);
	status = populate(self);
	if (status < 0)
		rte_mempool_free(self->mempool);
	return status;
}

static size_t mapped_bytes(const struct fp_pool *pool)
{
	return (fp_pool_offset(pool->count - 1) + FP_PACKET_BUFFER + FP_PAGE - 1) / FP_PAGE * FP_PAGE;
}

static int make(struct fp_dpdk_pool *self, struct fp_error *error)
{
	size_t bytes = mapped_bytes(self->pool);
	int status;

	if (rte_eal_iova_mode() != RTE_IOVA_VA)
		return fp_fail(error, "DPDK runs with physical addresses, which packet buffers do not have; "
				      "use --iova-mode=va and an IOMMU");
	if (rte_extmem_register(self->pool->base, bytes, NULL, (unsigned)(bytes / FP_PAGE), FP_PAGE) < 0)
		return fp_dpdk_fail(error, "DPDK does not accept the memory of packets: %s", rte_strerror(rte_errno));
	status = make_mempool(self);
	if (status >= 0)
		return 0;
	rte_extmem_unregister(self->pool->base, bytes);
	return fp_dpdk_fail(error, "no memory in DPDK for %u packets: %s; give it more: --eal \"-m MEGABYTES\"",
			    self->pool->count, rte_strerror(-status));
}

static struct fp_dpdk_pool *make_pool(struct fp_pool *pool, struct fp_error *error)
{
	struct fp_dpdk_pool *self = calloc(1, sizeof(*self) + pool->count * sizeof(self->mbuf[0]));

	if (!self) {
		fp_fail(error, "no memory for %u packets", pool->count);
		return NULL;
	}
	self->pool = pool;
	self->thread = pool->owner;
	if (make(self, error) == 0)
		return self;
	free(self);
	return NULL;
}

struct fp_dpdk_pool *fp_dpdk_pool_open(struct fp_pool *pool, struct fp_error *error)
{
	char name[RTE_MEMPOOL_NAMESIZE];
	struct rte_mempool *mempool;
	struct fp_dpdk_pool *self;

	name_mempool(name, pool);
	mempool = rte_mempool_lookup(name);
	self = mempool ? mempool->pool_data : make_pool(pool, error);
	if (self)
		self->users++;
	return self;
}

void fp_dpdk_pool_close(struct fp_dpdk_pool *self)
{
	if (--self->users > 0)
		return;
	rte_mempool_free(self->mempool);
	rte_extmem_unregister(self->pool->base, mapped_bytes(self->pool));
	free(self);
}
