/* SPDX-License-Identifier: Apache-2.0
 *
 * The path a flow is likely to take through the graph: where a node sends packets different ways, its worker notes where
 * packets of which flow went, as network cards note which queue a host sends a flow's packets from ("Application
 * Targeted Routing", Intel's 82599 and Linux's ixgbe). What is noted is a guess for packets to come.
 */
#ifndef FASTPAAS_HOST_ENGINE_PATHS_H
#define FASTPAAS_HOST_ENGINE_PATHS_H

#include <stdbool.h>
#include <stdint.h>

#define FP_PATHS 16	      /* that are told apart; 0: not known */
#define FP_PATH_FLOWS 65536u /* a power of two; flows with these bits of their hash in common are one */

struct fp_paths {
	uint8_t of[FP_PATH_FLOWS];
};

/* The number of the path that leads to the node at `index` of a plan. */
static inline uint8_t fp_path_to(unsigned index)
{
	return (uint8_t)(1 + index % (FP_PATHS - 1));
}

static inline void fp_paths_note(struct fp_paths *paths, uint32_t flow, uint8_t path)
{
	paths->of[flow % FP_PATH_FLOWS] = path;
}

static inline uint8_t fp_paths_find(const struct fp_paths *paths, uint32_t flow)
{
	return paths->of[flow % FP_PATH_FLOWS];
}

/* Takes over what `news` knows; returns whether that was new. */
bool fp_paths_learn(struct fp_paths *paths, const struct fp_paths *news);

#endif
