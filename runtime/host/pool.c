/* SPDX-License-Identifier: Apache-2.0 */
#include "pool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int fail_with_errno(struct fp_pool *pool, struct fp_error *error)
{
	int reason = errno;

	fp_pool_destroy(pool);
	return fp_fail(error, "no memory for a pool of %u packets: %s", pool->count, strerror(reason));
}

int fp_pool_create(struct fp_pool *pool, uint32_t count, struct fp_error *error)
{
	*pool = (struct fp_pool){.fd = -1, .base = MAP_FAILED, .count = count};
	pool->free = calloc(count, sizeof(*pool->free));
	pool->fd = memfd_create("fastpaas-packets", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (!pool->free || pool->fd < 0 || ftruncate(pool->fd, (off_t)fp_pool_bytes(pool)) < 0)
		return fail_with_errno(pool, error);
	/* Nobody, not even by mistake, may shrink it under the mappings: that would raise SIGBUS. */
	if (fcntl(pool->fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) < 0)
		return fail_with_errno(pool, error);
	pool->base = mmap(NULL, fp_pool_bytes(pool), PROT_READ | PROT_WRITE, MAP_SHARED, pool->fd, 0);
	if (pool->base == MAP_FAILED)
		return fail_with_errno(pool, error);
	/* The lowest buffers on top: a short run stays in few pages. */
	for (uint32_t i = count; i > 0; i--)
		fp_pool_give(pool, i - 1);
	return 0;
}

void fp_pool_destroy(struct fp_pool *pool)
{
	if (pool->base != MAP_FAILED && pool->base)
		munmap(pool->base, fp_pool_bytes(pool));
	if (pool->fd >= 0)
		close(pool->fd);
	free(pool->free);
	pool->base = MAP_FAILED;
	pool->fd = -1;
	pool->free = NULL;
}
