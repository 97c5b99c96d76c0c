/* SPDX-License-Identifier: Apache-2.0
 *
 * Several builds of a module side by side: the same packets, the same memory, turn by turn.
 *
 * Configuration of `fphost bench`:
 * {"variants": [node, ...], see node_plan.h; unprotected modules are allowed, a fault ends the bench
 *              whatever the policy,
 *  "pool":     {"count":4096, "size":64, "pcap":null},
 *  "batch":    1 to 64, default 32,
 *  "rounds":   default 31,
 *  "batches_per_round": of each variant, default 1024}
 *
 * All variants share one packet pool, so that none is luckier with its addresses than another. Before each
 * pass over the packets they are restored, out of the measured time; their time stamps go on from pass to
 * pass. A turn begins with a pass that is not measured; each round has an order of its own. Times are of the
 * processor, not of the wall, so that other load on the machine counts less.
 *
 * Events:
 * {"event":"rehearsed", "variants":[{"node", "differs":{"packet", "how"}?}]}
 *     after the first pass of all. differs: the first packet that this variant left otherwise than the first
 *     variant did
 * {"event":"round", "round", "ns_per_packet":{variant: ns}}
 * {"event":"done", "rounds", "crossing_ns", "switching_ns", "interrupted", "variants":[{"node", "checksum", "gates":{gate or
 *  "dropped": packets}, "image_bytes", "image_touched_bytes"?, "heap_touched_bytes"?, "stack_touched_bytes"?}]}
 *     checksum: of data, length and gate of all packets after the first pass; the same for all variants
 *     unless one of them computes something else
 * "fault", "invalid packet", "log" and "error" as in event.h.
 */
#ifndef FASTPAAS_HOST_BENCH_H
#define FASTPAAS_HOST_BENCH_H

#include <stdint.h>

#include <jansson.h>

#include "bench_crossing.h"
#include "config.h"
#include "node.h"
#include "traffic.h"

struct fp_bench_config {
	struct fp_traffic_plan traffic;
	uint32_t batch;
	uint32_t rounds;
	uint32_t batches;
	unsigned count;
	struct fp_node_plan variant[FP_CHAIN_MAX];
};

int fp_bench_config_read(struct fp_bench_config *config, const json_t *root, struct fp_error *error);
void fp_bench_config_free(struct fp_bench_config *config);

/* One packet after the first pass. */
struct fp_bench_output {
	uint64_t checksum; /* of data, length and gate */
	uint32_t len;
	uint16_t gate;
};

#define FP_BENCH_HOW 80 /* bytes of the words for a difference, NUL included */

/* What the first pass of a variant left behind. */
struct fp_bench_result {
	uint64_t checksum;
	int64_t differs; /* number of the first packet that is not as the first variant left it, -1 if none */
	char how[FP_BENCH_HOW];
	uint64_t gate[FP_GATES];
	uint64_t dropped;
	uint64_t invalid;
};

struct fp_bench {
	const struct fp_bench_config *config;
	struct fp_traffic traffic;
	struct fp_pool pool;
	uint32_t bursts;	   /* of one pass */
	struct fp_burst *pristine; /* as handed in */
	struct fp_burst *burst;	   /* in use */
	struct fp_bench_output *expected; /* of each packet, from the first variant */
	struct fp_recovery recovery;
	unsigned started;
	struct fp_node node[FP_CHAIN_MAX];
	struct fp_bench_result result[FP_CHAIN_MAX];
	uint64_t passes[FP_CHAIN_MAX]; /* that each variant has begun */
	struct fp_crossing_time crossing;
	bool interrupted;
};

int fp_bench_create(struct fp_bench *bench, const struct fp_bench_config *config, struct fp_error *error);
void fp_bench_destroy(struct fp_bench *bench);

/* Puts all packets and descriptors back, with the time stamps of the variant's next pass. */
void fp_bench_restore(struct fp_bench *bench, unsigned variant);

/* All rounds; -1 if a variant faulted. */
int fp_bench_run(struct fp_bench *bench, struct fp_error *error);

/* Fills the variant's result from what the bursts hold now; the first variant sets what is expected. */
void fp_bench_judge(struct fp_bench *bench, unsigned variant);

void fp_event_bench_rehearsed(const struct fp_bench *bench);
void fp_event_bench_done(const struct fp_bench *bench, uint32_t rounds);

#endif
