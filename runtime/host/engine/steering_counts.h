/* SPDX-License-Identifier: Apache-2.0
 *
 * How many packets the flow groups of an input had, and which of them would be better off on another worker.
 */
#ifndef FASTPAAS_HOST_ENGINE_STEERING_COUNTS_H
#define FASTPAAS_HOST_ENGINE_STEERING_COUNTS_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/steering.h"

struct fp_steering_counts {
	const struct fp_stage *input;
	uint64_t packets[FP_PATHS][FP_STEERING_GROUPS];
	struct fp_steering_table table; /* in force, and what should be instead */
};

/* Packets of all groups that a worker serves. */
uint64_t fp_steering_packets(const struct fp_steering_counts *counts, unsigned worker);

/* Gives `to` groups of `from` with up to `most` packets: of paths first that `to` has more of. False if there are none. */
bool fp_steering_even_out(struct fp_steering_counts *counts, unsigned from, unsigned to, uint64_t most);

/* Has two workers exchange groups with about as many packets, so that each has more of some path and less of another. False
 * if that is not so with any. */
bool fp_steering_sort_paths(struct fp_steering_counts *counts, unsigned a, unsigned b);

#endif
