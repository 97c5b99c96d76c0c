/* SPDX-License-Identifier: Apache-2.0
 *
 * The clocks of time.h. All of them are fp_now(): nanoseconds since the epoch, steady within a run.
 */
#include "library.h"

#include <errno.h>
#include <sys/time.h>
#include <time.h>

#define SECOND UINT64_C(1000000000) /* nanoseconds */

static bool is_offered(clockid_t clock)
{
	return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_RAW ||
	       clock == CLOCK_REALTIME_COARSE || clock == CLOCK_MONOTONIC_COARSE || clock == CLOCK_BOOTTIME;
}

int clock_gettime(clockid_t clock, struct timespec *time)
{
	uint64_t now;

	if (!is_offered(clock)) {
		errno = EINVAL;
		return -1;
	}
	now = fp_now();
	time->tv_sec = (time_t)(now / SECOND);
	time->tv_nsec = (long)(now % SECOND);
	return 0;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone)
{
	uint64_t now = fp_now();

	(void)zone;
	time->tv_sec = (time_t)(now / SECOND);
	time->tv_usec = (suseconds_t)(now % SECOND / 1000);
	return 0;
}

time_t time(time_t *seconds)
{
	time_t now = (time_t)(fp_now() / SECOND);

	if (seconds)
		*seconds = now;
	return now;
}

double difftime(time_t later, time_t earlier)
{
	return (double)(later - earlier);
}
