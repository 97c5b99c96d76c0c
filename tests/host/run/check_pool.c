/* SPDX-License-Identifier: Apache-2.0
 *
 * Several threads return buffers that the pool's owner lends them, as ports do: prints how many are free and how many
 * lent once all are back, and whether each is there once.
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "pool.h"

#define BUFFERS 300
#define THREADS 3
#define ROUNDS 200000

static struct fp_pool pool;

/* A buffer on its way to a thread; FP_POOL_NONE: none, BUFFERS: the end. */
static _Atomic uint32_t lent_to[THREADS];

static void *give_back(void *more)
{
	_Atomic uint32_t *slot = more;

	for (;;) {
		uint32_t number = atomic_exchange(slot, FP_POOL_NONE);

		if (number == BUFFERS)
			return NULL;
		if (number == FP_POOL_NONE) {
			sched_yield();
			continue;
		}
		if (fp_pool_is_mine(&pool))
			abort();
		*fp_pool_buffer(&pool, number) += 1;
		fp_pool_return(&pool, number);
	}
}

static uint32_t take(void)
{
	while (pool.free_count == 0)
		fp_pool_collect(&pool);
	pool.lent++;
	return fp_pool_take(&pool);
}

static void lend(_Atomic uint32_t *slot, uint32_t number)
{
	uint32_t none = FP_POOL_NONE;

	while (!atomic_compare_exchange_weak(slot, &none, number)) {
		none = FP_POOL_NONE;
		sched_yield();
	}
}

static unsigned count_once(void)
{
	bool seen[BUFFERS] = {false};
	unsigned once = 0;

	for (uint32_t i = 0; i < pool.free_count; i++) {
		once += !seen[pool.free[i]];
		seen[pool.free[i]] = true;
	}
	return once;
}

int main(void)
{
	pthread_t thread[THREADS];
	struct fp_error error;

	if (fp_pool_create(&pool, BUFFERS, &error) < 0)
		return 1;
	for (int i = 0; i < THREADS; i++)
		atomic_init(&lent_to[i], FP_POOL_NONE);
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&thread[i], NULL, give_back, &lent_to[i]))
			return 1;
	for (int i = 0; i < ROUNDS; i++)
		lend(&lent_to[i % THREADS], take());
	for (int i = 0; i < THREADS; i++)
		lend(&lent_to[i], BUFFERS);
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	fp_pool_collect(&pool);
	printf("free %u, lent %u, once %u\n", pool.free_count, pool.lent, count_once());
	fp_pool_destroy(&pool);
	return 0;
}
