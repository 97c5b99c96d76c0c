/* SPDX-License-Identifier: Apache-2.0
 *
 * An NF that says, when it ends, how long packets had been under way when they came to it: from the time stamp they
 * arrived with to the clock at the start of their batch. Its log line is a JSON object in nanoseconds. The first moments,
 * in which memory is touched for the first time, are left out.
 */
#include <fastpaas/nf.h>

#define SKIPPED_NS 200000000u
#define STEPS_LOG 4 /* buckets of a doubling, 16: each is 6 % wide */
#define STEPS (1u << STEPS_LOG)
#define BUCKETS (64 * STEPS)

static uint64_t start, packets, longest, count[BUCKETS];

static uint32_t bucket_of(uint64_t ns)
{
	uint32_t shift;

	if (ns < STEPS)
		return (uint32_t)ns;
	shift = 63 - (uint32_t)__builtin_clzll(ns) - STEPS_LOG;
	return (shift + 1) * STEPS + (uint32_t)(ns >> shift & (STEPS - 1));
}

/* The longest delay that is in the bucket. */
static uint64_t end_of(uint32_t bucket)
{
	if (bucket < STEPS)
		return bucket;
	return (((uint64_t)STEPS + bucket % STEPS + 1) << (bucket / STEPS - 1)) - 1;
}

/* What `parts` of a thousand packets did not exceed. */
static uint64_t quantile(uint64_t parts)
{
	uint64_t left = packets * parts / 1000;
	uint32_t bucket = 0;

	while (bucket < BUCKETS - 1 && count[bucket] < left)
		left -= count[bucket++];
	return end_of(bucket);
}

void process(struct fp_batch *batch)
{
	uint64_t now = fp_now();

	if (!start)
		start = now;
	if (now - start < SKIPPED_NS)
		return;
	for (uint32_t i = 0; i < batch->count; i++) {
		uint64_t ns = now - batch->packet[i].timestamp;

		count[bucket_of(ns) & (BUCKETS - 1)]++;
		if (ns > longest)
			longest = ns;
	}
	packets += batch->count;
}

void fini(void)
{
	fp_logf(FP_INFO, "{\"packets\": %llu, \"p50\": %llu, \"p99\": %llu, \"p999\": %llu, \"longest\": %llu}",
		(unsigned long long)packets, (unsigned long long)quantile(500), (unsigned long long)quantile(990),
		(unsigned long long)quantile(999), (unsigned long long)longest);
}
