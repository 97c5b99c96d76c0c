/* SPDX-License-Identifier: Apache-2.0
 *
 * The named counters of one instance. They outlive a restart: opening a name again finds its value.
 */
#ifndef FASTPAAS_HOST_COUNTERS_H
#define FASTPAAS_HOST_COUNTERS_H

#include <stdint.h>

#define FP_COUNTERS 64
#define FP_COUNTER_NAME 32 /* bytes of a name, its NUL included */

struct fp_counters {
	unsigned count;
	uint64_t misuse; /* fp_count() of a number that was never given out */
	uint64_t value[FP_COUNTERS];
	char name[FP_COUNTERS][FP_COUNTER_NAME];
};

/* The number of counter `name`, NUL-terminated host memory; -1 if malformed or none is left. */
int fp_counters_open(struct fp_counters *counters, const char *name);

void fp_counters_add(struct fp_counters *counters, int id, uint64_t n);

#endif
