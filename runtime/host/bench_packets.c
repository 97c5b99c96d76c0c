/* SPDX-License-Identifier: Apache-2.0
 *
 * The packets of a bench: laid out once, restored before each pass.
 */
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "port.h"

static struct fp_burst *allocate(uint32_t bursts)
{
	struct fp_burst *burst = aligned_alloc(64, bursts * sizeof(*burst));

	if (burst)
		memset(burst, 0, bursts * sizeof(*burst));
	return burst;
}

static void lay_out(struct fp_bench *bench)
{
	struct fp_source source = {.pool = &bench->pool, .max = bench->config->batch};

	for (uint32_t i = 0; i < bench->bursts; i++)
		while (bench->pristine[i].count < source.max)
			fp_port_add(&source, &bench->pristine[i], bench->traffic.frame[source.received],
				    bench->traffic.len[source.received], fp_traffic_time(source.received));
}

static int create_packets(struct fp_bench *bench, struct fp_error *error)
{
	uint32_t batch = bench->config->batch;

	if (fp_traffic_create(&bench->traffic, &bench->config->traffic, error) < 0)
		return -1;
	bench->bursts = bench->traffic.count / batch;
	if (bench->bursts == 0)
		return fp_fail(error, "%u packets do not fill a batch of %u", bench->traffic.count, batch);
	if (fp_pool_create(&bench->pool, bench->bursts * batch, error) < 0)
		return -1;
	bench->pristine = allocate(bench->bursts);
	bench->burst = allocate(bench->bursts);
	bench->expected = calloc((size_t)bench->bursts * batch, sizeof(*bench->expected));
	if (!bench->pristine || !bench->burst || !bench->expected)
		return fp_fail(error, "no memory for %u batches", bench->bursts);
	lay_out(bench);
	return 0;
}

int fp_bench_create(struct fp_bench *bench, const struct fp_bench_config *config, struct fp_error *error)
{
	bench->config = config;
	bench->pool.fd = -1;
	if (create_packets(bench, error) < 0)
		return -1;
	for (unsigned i = 0; i < config->count; i++) {
		struct fp_node *node = &bench->node[i];

		node->plan = &config->variant[i];
		node->pool = &bench->pool;
		node->recovery = &bench->recovery;
		bench->started++;
		if (fp_node_start(node, error) < 0)
			return -1;
	}
	return 0;
}

void fp_bench_destroy(struct fp_bench *bench)
{
	while (bench->started > 0)
		fp_node_stop(&bench->node[--bench->started]);
	if (bench->pool.free)
		fp_pool_destroy(&bench->pool);
	fp_traffic_destroy(&bench->traffic);
	free(bench->pristine);
	free(bench->burst);
	free(bench->expected);
}

void fp_bench_restore(struct fp_bench *bench, unsigned variant)
{
	uint64_t first = bench->passes[variant]++ * bench->bursts * bench->config->batch;
	uint32_t number = 0;

	memcpy(bench->burst, bench->pristine, bench->bursts * sizeof(*bench->burst));
	for (uint32_t i = 0; i < bench->bursts; i++) {
		for (uint32_t k = 0; k < bench->burst[i].count; k++, number++) {
			struct fp_packet *packet = &bench->burst[i].packet[k];

			packet->timestamp = fp_traffic_time(first + number);
			memcpy(packet->data, bench->traffic.frame[number], bench->traffic.len[number]);
		}
	}
}
