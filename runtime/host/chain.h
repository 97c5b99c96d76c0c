/* SPDX-License-Identifier: Apache-2.0
 *
 * Nodes in a row between an input and an output. One burst at a time goes all the way through.
 */
#ifndef FASTPAAS_HOST_CHAIN_H
#define FASTPAAS_HOST_CHAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "config.h"
#include "node.h"
#include "port.h"

struct fp_chain {
	const struct fp_config *config;
	struct fp_port *input;
	struct fp_port *output;
	struct fp_pool pool;
	struct fp_source source;
	struct fp_recovery recovery;
	unsigned count;
	struct fp_node *node;

	uint64_t out;
	uint64_t output_failed; /* packets that the output did not take */
	bool incomplete;	/* the output has failed: it may have lost some that it took, too */
	uint64_t seconds_ns;	/* wall time of the run */
	uint64_t ticks;		/* the same in time stamps */
	uint64_t cpu_ns;	/* processor time of the run, the kernel's for it included */
	uint64_t looked_ticks;	/* time stamp when the clock was last read: the counter costs less */
	bool interrupted;
};

/* Loads and initialises all nodes. */
int fp_chain_create(struct fp_chain *chain, struct fp_config *config, struct fp_error *error);

/* Runs until the input ends, a stop is requested, or a port fails (-1). */
int fp_chain_run(struct fp_chain *chain, struct fp_error *error);

/* Calls every fini(), last node first. The counts stay readable. */
void fp_chain_stop(struct fp_chain *chain);
void fp_chain_destroy(struct fp_chain *chain);

void fp_event_ready(const struct fp_chain *chain);
void fp_event_progress(const struct fp_chain *chain);
void fp_event_done(const struct fp_chain *chain);

#endif
