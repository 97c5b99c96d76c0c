/* SPDX-License-Identifier: Apache-2.0
 *
 * fp_now(): one reading of the clock a batch.
 */
#include <time.h>

#include <fastpaas/nf.h>

#include "api_call.h"

static uint64_t read_clock(void)
{
	struct timespec time;

	clock_gettime(CLOCK_REALTIME, &time);
	return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* One reading serves a whole call of the module: its packets share one time. */
uint64_t fp_now(void)
{
	struct fp_context *context = FP_API_BEGIN(FP_IN_API);

	if (!context->now)
		context->now = read_clock();
	fp_api_finish(context);
	return context->now;
}
