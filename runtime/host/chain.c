/* SPDX-License-Identifier: Apache-2.0 */
#include "chain.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "event.h"
#include "stop.h"
#include "watchdog.h"

#define PERIOD_MIN_NS 50000u
#define PERIOD_MAX_NS 2500000u
#define BUDGET_PARTS 4 /* the watchdog looks so often in one budget */
#define TICK_NS 100000000u
#define CLOCK_TICKS (1u << 18) /* of the time stamp counter, between two looks at the clock: well below 1 ms */

static uint64_t watchdog_period(const struct fp_config *config)
{
	uint64_t period = PERIOD_MAX_NS;

	for (unsigned i = 0; i < config->count; i++)
		if (config->node[i].instance.budget_ns / BUDGET_PARTS < period)
			period = config->node[i].instance.budget_ns / BUDGET_PARTS;
	return period < PERIOD_MIN_NS ? PERIOD_MIN_NS : period;
}

static int start_nodes(struct fp_chain *chain, struct fp_error *error)
{
	for (unsigned i = 0; i < chain->config->count; i++) {
		struct fp_node *node = &chain->node[i];

		node->plan = &chain->config->node[i];
		node->pool = &chain->pool;
		node->recovery = &chain->recovery;
		node->timed = true;
		chain->count++;
		if (fp_node_start(node, error) < 0)
			return -1;
	}
	return 0;
}

int fp_chain_create(struct fp_chain *chain, struct fp_config *config, struct fp_error *error)
{
	memset(chain, 0, sizeof(*chain));
	chain->config = config;
	chain->input = &config->input;
	chain->output = &config->output;
	chain->output->may_wait = true;
	chain->pool.fd = -1;
	chain->node = calloc(config->count, sizeof(*chain->node));
	chain->source = (struct fp_source){.pool = &chain->pool, .max = config->batch};
	if (!chain->node)
		return fp_fail(error, "no memory for %u nodes", config->count);
	chain->input->pool = chain->output->pool = &chain->pool;
	if (fp_pool_create(&chain->pool, FP_BATCH_MAX + config->input.buffers + config->output.buffers, error) < 0 ||
	    fp_watchdog_start(watchdog_period(config), error) < 0)
		return -1;
	return start_nodes(chain, error);
}

/* A chain has one way only: by whatever gate a packet leaves a node, it goes on to the next. */
static void run_nodes(struct fp_chain *chain, struct fp_burst *burst)
{
	for (unsigned i = 0; i < chain->count && burst->count; i++) {
		fp_node_run(&chain->node[i], burst);
		fp_burst_clear_gates(burst);
	}
}

static int send_burst(struct fp_chain *chain, struct fp_burst *burst, struct fp_error *error)
{
	int lost = burst->count ? chain->output->type->send(chain->output, burst, error) : 0;

	if (lost >= 0)
		chain->out += burst->count - (uint32_t)lost;
	else
		chain->output_failed += burst->count;
	chain->incomplete |= lost < 0;
	for (uint32_t i = 0; i < burst->count && (lost < 0 || !chain->output->keeps_buffers); i++)
		fp_pool_give(&chain->pool, burst->buffer[i]);
	return lost < 0 ? -1 : 0;
}

/* What was received before an input failed still goes through. */
static int run_burst(struct fp_chain *chain, struct fp_burst *burst, struct fp_error *error)
{
	struct fp_error send_error;
	int received;

	burst->count = 0;
	burst->gates_set = false;
	received = chain->input->type->receive(chain->input, &chain->source, burst, error);
	if (received == FP_PORT_IDLE && burst->count == 0)
		return chain->input->type->wait ? chain->input->type->wait(chain->input, error) : 0;
	if (received == 0 && burst->count == 0)
		return 1;
	run_nodes(chain, burst);
	if (send_burst(chain, burst, &send_error) == 0)
		return received < 0 ? -1 : 0;
	*error = send_error;
	return -1;
}

static int look_at_ports(struct fp_chain *chain, struct fp_error *error)
{
	struct fp_port *ports[] = {chain->input, chain->output};

	for (int i = 0; i < 2; i++)
		if (ports[i]->type->look && ports[i]->type->look(ports[i], error) < 0)
			return -1;
	return 0;
}

static int tick(struct fp_chain *chain, uint64_t *next, struct fp_error *error)
{
	uint64_t ticks = fp_clock_ticks(), now;

	if (ticks - chain->looked_ticks < CLOCK_TICKS)
		return 0;
	chain->looked_ticks = ticks;
	now = fp_clock_ns();
	if (now < *next)
		return 0;
	*next = now + TICK_NS;
	for (unsigned i = 0; i < chain->count; i++)
		fp_node_tick(&chain->node[i]);
	fp_event_progress(chain);
	return look_at_ports(chain, error);
}

static int run_bursts(struct fp_chain *chain, struct fp_burst *burst, struct fp_error *error)
{
	uint64_t next = fp_clock_ns() + TICK_NS;
	struct fp_error ignored;
	int status = 0;

	while (status == 0 && !fp_stop_requested() && !fp_event_lost()) {
		status = run_burst(chain, burst, error);
		if (status == 0)
			status = tick(chain, &next, error);
	}
	chain->interrupted = fp_stop_requested();
	if (status >= 0)
		look_at_ports(chain, &ignored); /* for what they have lost; why the run ends is known */
	if (fp_event_lost())
		return fp_fail(error, "nobody reads the events any more");
	return status < 0 ? -1 : 0;
}

int fp_chain_run(struct fp_chain *chain, struct fp_error *error)
{
	struct fp_burst *burst = aligned_alloc(64, sizeof(*burst));
	uint64_t start = fp_clock_ns(), ticks = fp_clock_ticks();
	uint64_t cpu = fp_clock_processor_ns();
	int status;

	if (!burst)
		return fp_fail(error, "no memory for a batch");
	status = run_bursts(chain, burst, error);
	chain->seconds_ns = fp_clock_ns() - start;
	chain->ticks = fp_clock_ticks() - ticks;
	chain->cpu_ns = fp_clock_processor_ns() - cpu;
	free(burst);
	return status;
}

void fp_chain_stop(struct fp_chain *chain)
{
	while (chain->count > 0)
		fp_node_stop(&chain->node[--chain->count]);
	fp_watchdog_stop();
}

void fp_chain_destroy(struct fp_chain *chain)
{
	fp_chain_stop(chain);
	if (chain->pool.free)
		fp_pool_destroy(&chain->pool);
	free(chain->node);
	chain->node = NULL;
}
