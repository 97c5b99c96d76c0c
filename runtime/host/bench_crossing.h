/* SPDX-License-Identifier: Apache-2.0
 *
 * What one call into a module costs by itself: hand over a batch, enter, leave, validate.
 */
#ifndef FASTPAAS_HOST_BENCH_CROSSING_H
#define FASTPAAS_HOST_BENCH_CROSSING_H

#include <stdint.h>

#include "error.h"

struct fp_crossing_time {
	double median;	  /* nanoseconds, over many rounds */
	double best;	  /* of the round nobody disturbed */
	double switching; /* median when two modules that use gs take turns: it is written for every call */
};

/* Measures a crossing with `batch` packets and a process() that does nothing. */
int fp_bench_crossing(uint32_t batch, struct fp_crossing_time *time, struct fp_error *error);

#endif
