/* SPDX-License-Identifier: Apache-2.0
 *
 * The monotonic clock in nanoseconds.
 */
#ifndef FASTPAAS_HOST_CLOCK_H
#define FASTPAAS_HOST_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline uint64_t fp_clock_read(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* Monotonic nanoseconds. */
static inline uint64_t fp_clock_ns(void)
{
	return fp_clock_read(CLOCK_MONOTONIC);
}

/* Nanoseconds this thread has run: what others do on the machine counts less. A system call. */
static inline uint64_t fp_clock_processor_ns(void)
{
	return fp_clock_read(CLOCK_THREAD_CPUTIME_ID);
}

/* Time stamp counter: cheap, of unknown but constant frequency. */
static inline uint64_t fp_clock_ticks(void)
{
	return __builtin_ia32_rdtsc();
}

#endif
