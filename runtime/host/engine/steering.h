/* SPDX-License-Identifier: Apache-2.0
 *
 * Which worker serves which flows of an input: an indirection table over the Toeplitz hash of the 5-tuple, as network
 * cards have it ("Receive Side Scaling", Microsoft, Windows driver documentation).
 */
#ifndef FASTPAAS_HOST_ENGINE_STEERING_H
#define FASTPAAS_HOST_ENGINE_STEERING_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/ring.h"
#include "engine/stage.h"
#include "engine/worker.h"

#define FP_STEERING_GROUPS 128 /* a power of two */

struct fp_steering {
	uint8_t worker[FP_STEERING_GROUPS];
	uint64_t packets[FP_STEERING_GROUPS]; /* that have come, by flow group */
	struct fp_ring *ring[FP_WORKERS_MAX]; /* to each worker that takes part; NULL for home */
};

/* Whether every ring takes `packets` more. */
bool fp_steering_has_room(const struct fp_steering *steering, uint32_t packets);

/* Hands the frames of other workers over; those of this one stay in the burst. */
void fp_steering_sort(struct fp_steering *steering, struct fp_stage *stage, struct fp_burst *burst);

#endif
