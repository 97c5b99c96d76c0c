/* SPDX-License-Identifier: Apache-2.0
 *
 * Which worker serves which flows of an input: an indirection table over the Toeplitz hash of the 5-tuple, as network
 * cards have it ("Receive Side Scaling", Microsoft, Windows driver documentation), one for each path that flows are
 * likely to take.
 */
#ifndef FASTPAAS_HOST_ENGINE_STEERING_H
#define FASTPAAS_HOST_ENGINE_STEERING_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/paths.h"
#include "engine/ring.h"
#include "engine/stage.h"
#include "engine/worker.h"

#define FP_STEERING_GROUPS 128 /* a power of two */

/* A group is the flows of one path whose hash has the same remainder. */
struct fp_steering_table {
	struct fp_paths paths;
	uint8_t worker[FP_PATHS][FP_STEERING_GROUPS];
};

struct fp_steering {
	struct fp_steering_table table;
	uint64_t packets[FP_PATHS][FP_STEERING_GROUPS];	 /* that have come */
	uint64_t balanced[FP_PATHS][FP_STEERING_GROUPS]; /* those of them that balance.c has seen */
	struct fp_ring *ring[FP_WORKERS_MAX]; /* to each worker that takes part; NULL for home */
};

/* Has `worker` serve a group of every path. */
static inline void fp_steering_set(struct fp_steering_table *table, unsigned group, unsigned worker)
{
	for (unsigned path = 0; path < FP_PATHS; path++)
		table->worker[path][group] = (uint8_t)worker;
}

/* Whether every ring takes `packets` more. */
bool fp_steering_has_room(const struct fp_steering *steering, uint32_t packets);

/* Hands the frames of other workers over; those of this one stay in the burst. */
void fp_steering_sort(struct fp_steering *steering, struct fp_stage *stage, struct fp_burst *burst);

#endif
