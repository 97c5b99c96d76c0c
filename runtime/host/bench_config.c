/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads the configuration of `fphost bench`.
 */
#include <string.h>

#include "bench.h"
#include "options.h"

static int read_traffic(struct fp_traffic_plan *plan, const json_t *options, struct fp_error *error)
{
	*plan = (struct fp_traffic_plan){.count = 4096, .size = 64};
	const struct fp_option rows[] = {
		{"count", FP_OPTION_INTEGER, &plan->count, false, FP_BATCH_MAX, FP_POOL_MAX},
		{"size", FP_OPTION_INTEGER, &plan->size, false, FP_TRAFFIC_FRAME_MIN, FP_FRAME_MAX},
		{"pcap", FP_OPTION_PATH, &plan->pcap, false, 0, 0},
	};

	if (fp_options_read(options, "pool", rows, sizeof(rows) / sizeof(rows[0]), error) < 0)
		return -1;
	if (plan->pcap && json_object_get(options, "size"))
		return fp_fail(error, "configuration: pool.size has no meaning with pool.pcap");
	return 0;
}

static int refuse_captures(const struct fp_bench_config *config, struct fp_error *error)
{
	for (unsigned i = 0; i < config->count; i++)
		if (config->variant[i].fault_capture)
			return fp_fail(error, "configuration: variants[%u].fault_capture: a fault ends the bench, use run", i);
	return 0;
}

int fp_bench_config_read(struct fp_bench_config *config, const json_t *root, struct fp_error *error)
{
	int64_t batch = 32, rounds = 31, batches = 1024;
	/* Builds of one's own, compared with each other: nothing a tenant brings. */
	const struct fp_trust trust = {.allow_unprotected = true, .allow_unverified = true};
	const json_t *variants, *pool = NULL;
	const struct fp_option rows[] = {
		{"variants", FP_OPTION_ARRAY, &variants, true, 1, FP_CHAIN_MAX},
		{"pool", FP_OPTION_OBJECT, &pool, true, 0, 0},
		{"batch", FP_OPTION_INTEGER, &batch, false, 1, FP_BATCH_MAX},
		{"rounds", FP_OPTION_INTEGER, &rounds, false, 1, 1000000},
		{"batches_per_round", FP_OPTION_INTEGER, &batches, false, 1, 100000000},
	};

	memset(config, 0, sizeof(*config));
	if (fp_options_read(root, "", rows, sizeof(rows) / sizeof(rows[0]), error) < 0 ||
	    read_traffic(&config->traffic, pool, error) < 0)
		return -1;
	config->batch = (uint32_t)batch;
	config->rounds = (uint32_t)rounds;
	config->batches = (uint32_t)batches;
	config->count = (unsigned)json_array_size(variants);
	if (fp_config_read_nodes(config->variant, variants, "variants", &trust, error) < 0)
		return -1;
	return refuse_captures(config, error);
}

void fp_bench_config_free(struct fp_bench_config *config)
{
	for (unsigned i = 0; i < config->count; i++)
		fp_node_plan_free(&config->variant[i]);
}
