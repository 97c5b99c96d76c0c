/* SPDX-License-Identifier: Apache-2.0
 *
 * The measured loop: nothing in it but calls of the module.
 */
#include "bench.h"
#include "call.h"
#include "clock.h"
#include "context.h"
#include "event.h"
#include "stop.h"

static int fail_fault(const struct fp_node *node, const struct fp_burst *burst, struct fp_error *error)
{
	fp_event_fault(node, "process", burst, 0);
	return fp_fail(error, "%s: process() ended in a fault: %s", node->plan->instance.name,
		       fp_fault_kind_name(fp_context.fault.kind));
}

/* Runs `bursts` of the restored bursts and adds the time to `*ns`. */
static int measure(struct fp_bench *bench, struct fp_node *node, uint32_t bursts, uint64_t *ns, struct fp_error *error)
{
	uint64_t start = fp_clock_processor_ns();
	unsigned bad;

	for (uint32_t i = 0; i < bursts; i++)
		if (fp_call_process(&node->instance, &bench->burst[i], &bad) < 0)
			return fail_fault(node, &bench->burst[i], error);
	*ns += fp_clock_processor_ns() - start;
	return 0;
}

/* A pass over all packets that is not measured, for its results and to warm up. */
static int rehearse(struct fp_bench *bench, unsigned variant, struct fp_error *error)
{
	uint64_t unused = 0;

	fp_bench_restore(bench, variant);
	if (measure(bench, &bench->node[variant], bench->bursts, &unused, error) < 0)
		return -1;
	fp_bench_judge(bench, variant);
	fp_node_show_log(&bench->node[variant]);
	return 0;
}

static int run_variant(struct fp_bench *bench, unsigned variant, double *ns_per_packet, struct fp_error *error)
{
	struct fp_node *node = &bench->node[variant];
	uint32_t left = bench->config->batches;
	uint64_t ns = 0, unused = 0;

	/* Warms up: the others have had the caches. */
	fp_bench_restore(bench, variant);
	if (measure(bench, node, bench->bursts, &unused, error) < 0)
		return -1;
	while (left > 0) {
		uint32_t bursts = left < bench->bursts ? left : bench->bursts;

		fp_bench_restore(bench, variant);
		if (measure(bench, node, bursts, &ns, error) < 0)
			return -1;
		left -= bursts;
	}
	fp_node_show_log(node);
	fp_node_tick(node);
	*ns_per_packet = (double)ns / ((double)bench->config->batches * bench->config->batch);
	return 0;
}

/* An order of its own for each round, the same in every run: no variant always follows the same one.
 * Fisher and Yates' shuffle, numbers by Knuth's MMIX generator. */
static void shuffle(unsigned *order, unsigned count, uint32_t round)
{
	uint64_t state = round;

	for (unsigned i = 0; i < count; i++)
		order[i] = i;
	for (unsigned i = count - 1; i > 0; i--) {
		state = state * 6364136223846793005u + 1442695040888963407u;
		unsigned other = (unsigned)((state >> 33) % (i + 1)), kept = order[i];

		order[i] = order[other];
		order[other] = kept;
	}
}

static int run_round(struct fp_bench *bench, uint32_t round, struct fp_error *error)
{
	unsigned order[FP_CHAIN_MAX], count = bench->config->count;
	json_t *all = json_object();

	shuffle(order, count, round);
	for (unsigned i = 0; i < count; i++) {
		const char *name = bench->config->variant[order[i]].instance.name;
		double ns;

		if (run_variant(bench, order[i], &ns, error) < 0) {
			json_decref(all);
			return -1;
		}
		json_object_set_new(all, name, json_real(ns));
	}
	fp_event_emit(json_pack("{s:s, s:I, s:o}", "event", "round", "round", (json_int_t)round, "ns_per_packet", all));
	return 0;
}

int fp_bench_run(struct fp_bench *bench, struct fp_error *error)
{
	uint32_t round = 0;

	if (fp_bench_crossing(bench->config->batch, &bench->crossing, error) < 0)
		return -1;
	for (unsigned i = 0; i < bench->config->count; i++)
		if (rehearse(bench, i, error) < 0)
			return -1;
	fp_event_bench_rehearsed(bench);
	for (; round < bench->config->rounds && !fp_stop_requested() && !fp_event_lost(); round++)
		if (run_round(bench, round, error) < 0)
			return -1;
	bench->interrupted = fp_stop_requested();
	fp_event_bench_done(bench, round);
	return 0;
}
