/* SPDX-License-Identifier: Apache-2.0
 *
 * Restarting a module that faulted: exponential back-off, so that a module that faults on every packet
 * costs the others little.
 */
#include "clock.h"
#include "event.h"
#include "node.h"

#define BACKOFF_MIN_NS 1000000ull
#define BACKOFF_MAX_NS 1000000000ull
#define GOOD_RUN 10 /* a module that ran for this many back-offs starts again from the shortest */

static void schedule(struct fp_node *node, uint64_t now)
{
	bool ran_well = now - node->started_ns > GOOD_RUN * node->backoff_ns;

	node->backoff_ns = ran_well ? BACKOFF_MIN_NS : 2 * node->backoff_ns;
	if (node->backoff_ns > BACKOFF_MAX_NS)
		node->backoff_ns = BACKOFF_MAX_NS;
	node->wake_ns = now + node->backoff_ns;
}

void fp_node_note_fault(struct fp_node *node)
{
	node->faults++;
	node->state = node->plan->policy->after;
	if (node->state == FP_NODE_WAITING)
		schedule(node, fp_clock_ns());
}

bool fp_node_is_due(const struct fp_node *node)
{
	return fp_clock_ns() >= node->wake_ns;
}

int fp_node_restart(struct fp_node *node)
{
	uint64_t waited = node->backoff_ns;
	struct fp_error error;

	fp_instance_destroy(&node->instance);
	node->restarts++;
	if (fp_node_make(node, &error) == 0) {
		fp_event_restart(node, waited, NULL);
		return 0;
	}
	fp_event_restart(node, waited, error.text);
	schedule(node, fp_clock_ns());
	return -1;
}
