/* SPDX-License-Identifier: Apache-2.0
 *
 * The frames that both ways of filtering get, in packet buffers as they arrive in.
 */
#ifndef FASTPAAS_BENCH_FILTERS_FRAMES_H
#define FASTPAAS_BENCH_FILTERS_FRAMES_H

#include <jansson.h>

#include "burst.h"
#include "pool.h"

struct frames {
	struct fp_pool pool;
	uint32_t bursts;
	struct fp_burst *burst;
};

/* From an array of strings of hexadecimal digits, `batch` frames a burst. */
int frames_create(struct frames *frames, const json_t *texts, uint32_t batch, struct fp_error *error);
void frames_destroy(struct frames *frames);

/* All gates 0, as they are handed to a module. */
void frames_reset(struct frames *frames);

/* The gates of all frames as an array. */
json_t *frames_gates(const struct frames *frames);

#endif
