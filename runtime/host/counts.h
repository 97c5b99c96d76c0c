/* SPDX-License-Identifier: Apache-2.0
 *
 * Counts of packets as JSON objects; what is 0 is left out.
 */
#ifndef FASTPAAS_HOST_COUNTS_H
#define FASTPAAS_HOST_COUNTS_H

#include <stdint.h>

#include <jansson.h>

#include "node.h"

void fp_counts_add(json_t *counts, const char *name, uint64_t packets);

/* {gate: packets} and {reason: packets}, new references. */
json_t *fp_counts_gates(const uint64_t gate[FP_GATES]);
json_t *fp_counts_drops(const uint64_t drop[FP_DROPS]);

#endif
