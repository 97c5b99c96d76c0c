/* SPDX-License-Identifier: Apache-2.0 */
#include "pool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

_Thread_local pthread_t fp_pool_thread;

static int fail_with_errno(struct fp_pool *pool, struct fp_error *error)
{
	int reason = errno;

	fp_pool_destroy(pool);
	return fp_fail(error, "no memory for a pool of %u packets: %s", pool->count, strerror(reason));
}

static size_t object_bytes(const struct fp_pool *pool)
{
	return (size_t)pool->count * FP_PACKET_BUFFER;
}

static size_t mapping_bytes(const struct fp_pool *pool)
{
	return fp_pool_offset(pool->count - 1) + FP_PACKET_BUFFER;
}

int fp_pool_map(const struct fp_pool *pool,
		int (*map)(void *more, size_t offset, size_t in_object, size_t bytes, struct fp_error *error), void *more,
		struct fp_error *error)
{
	for (uint32_t first = 0; first < pool->count; first += FP_BATCH_MAX) {
		uint32_t count = pool->count - first < FP_BATCH_MAX ? pool->count - first : FP_BATCH_MAX;

		if (map(more, fp_pool_offset(first), (size_t)first * FP_PACKET_BUFFER, (size_t)count * FP_PACKET_BUFFER,
			error) < 0)
			return -1;
	}
	return 0;
}

static int map_for_host(void *more, size_t offset, size_t in_object, size_t bytes, struct fp_error *error)
{
	const struct fp_pool *pool = more;

	if (mmap(pool->base + offset, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, pool->fd,
		 (off_t)in_object) == MAP_FAILED)
		return fp_fail(error, "cannot map the packet pool: %s", strerror(errno));
	return 0;
}

int fp_pool_create(struct fp_pool *pool, uint32_t count, struct fp_error *error)
{
	fp_pool_enter_thread();
	*pool = (struct fp_pool){
		.fd = -1, .base = MAP_FAILED, .count = count, .owner = fp_pool_thread, .returned = FP_POOL_NONE};
	pool->free = calloc(count, sizeof(*pool->free));
	pool->returned_before = calloc(count, sizeof(*pool->returned_before));
	pool->fd = memfd_create("fastpaas-packets", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (!pool->free || !pool->returned_before || pool->fd < 0 || ftruncate(pool->fd, (off_t)object_bytes(pool)) < 0)
		return fail_with_errno(pool, error);
	/* Nobody, not even by mistake, may shrink it under the mappings: that would raise SIGBUS. */
	if (fcntl(pool->fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) < 0)
		return fail_with_errno(pool, error);
	pool->base = mmap(NULL, mapping_bytes(pool), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (pool->base == MAP_FAILED)
		return fail_with_errno(pool, error);
	if (fp_pool_map(pool, map_for_host, pool, error) < 0)
		return fp_pool_destroy(pool), -1;
	/* The lowest buffers on top: a short run stays in few pages. */
	for (uint32_t i = count; i > 0; i--)
		fp_pool_give(pool, i - 1);
	return 0;
}

void fp_pool_destroy(struct fp_pool *pool)
{
	if (pool->base != MAP_FAILED && pool->base)
		munmap(pool->base, mapping_bytes(pool));
	if (pool->fd >= 0)
		close(pool->fd);
	free(pool->free);
	free(pool->returned_before);
	pool->base = MAP_FAILED;
	pool->fd = -1;
	pool->free = pool->returned_before = NULL;
}

void fp_pool_return(struct fp_pool *pool, uint32_t number)
{
	uint32_t last = atomic_load_explicit(&pool->returned, memory_order_relaxed);

	do
		pool->returned_before[number] = last;
	while (!atomic_compare_exchange_weak_explicit(&pool->returned, &last, number, memory_order_release,
						      memory_order_relaxed));
}

/* All at once, so that no buffer can come back to the list while it is taken from. */
void fp_pool_collect(struct fp_pool *pool)
{
	uint32_t number = atomic_exchange_explicit(&pool->returned, FP_POOL_NONE, memory_order_acquire);

	while (number != FP_POOL_NONE) {
		uint32_t before = pool->returned_before[number];

		fp_pool_give(pool, number);
		pool->lent--;
		number = before;
	}
	if (pool->settle)
		pool->settle(pool->settles);
}
