/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FASTPAAS_HOST_CLOCK_H
#define FASTPAAS_HOST_CLOCK_H

#include <stdint.h>
#include <time.h>

/* Monotonic nanoseconds. */
static inline uint64_t fp_clock_ns(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* Time stamp counter: cheap, of unknown but constant frequency. */
static inline uint64_t fp_clock_ticks(void)
{
	return __builtin_ia32_rdtsc();
}

#endif
