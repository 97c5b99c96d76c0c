/* SPDX-License-Identifier: Apache-2.0
 *
 * The host API for what the driver runs. Counters belong to a contender; the one that is running is
 * `running_counters`.
 */
#ifndef BENCH_PEERS_COUNTERS_H
#define BENCH_PEERS_COUNTERS_H

#include <stdint.h>

#define COUNTERS_MAX 64
#define COUNTER_NAME 32 /* bytes, NUL included */

struct counters {
	uint32_t count;
	char name[COUNTERS_MAX][COUNTER_NAME];
	uint64_t value[COUNTERS_MAX];
};

extern struct counters *running_counters;

/* The value of the counter `name`; -1 if there is none. */
int64_t counter_value(const struct counters *counters, const char *name);

#endif
