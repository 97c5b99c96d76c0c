/* SPDX-License-Identifier: Apache-2.0 */
#include "node.h"

#include "call.h"
#include "clock.h"
#include "context.h"
#include "event.h"

static void show_line(void *owner, int level, const char *text, uint32_t len)
{
	fp_event_log(owner, level, text, len);
}

void fp_node_show_log(struct fp_node *node)
{
	fp_logbuffer_drain(&node->instance.log, show_line, node);
}

static int call_init(struct fp_node *node, struct fp_error *error)
{
	int value;
	int status = fp_call_init(&node->instance, &value);

	fp_node_show_log(node);
	if (status < 0) {
		node->faults++;
		fp_event_fault(node, "init", NULL, 0);
		return fp_fail(error, "%s: init() ended in a fault: %s", node->plan->instance.name,
			       fp_fault_kind_name(fp_context.fault.kind));
	}
	if (value != 0)
		return fp_fail(error, "%s: init() refused to start: it returned %d", node->plan->instance.name, value);
	return 0;
}

int fp_node_open_capture(struct fp_node *node, struct fp_error *error)
{
	if (!node->plan->fault_capture || node->capture)
		return 0;
	node->capture = fp_shared_capture_open(node->plan->fault_capture, error);
	return node->capture ? 0 : -1;
}

int fp_node_make(struct fp_node *node, struct fp_error *error)
{
	struct fp_error reason;

	node->started_ns = fp_clock_ns();
	fp_logbuffer_refill(&node->instance.log);
	if (fp_instance_create(&node->instance, &node->plan->instance, node->pool, &reason) < 0)
		return fp_fail(error, "%s: %s: %s", node->plan->instance.name, node->plan->module_path, reason.text);
	if (call_init(node, error) == 0)
		return 0;
	fp_instance_destroy(&node->instance);
	return -1;
}

int fp_node_start(struct fp_node *node, struct fp_error *error)
{
	node->state = FP_NODE_DEAD;
	if (fp_node_make(node, error) < 0)
		return -1;
	node->state = FP_NODE_RUNNING;
	return 0;
}

/* How manieth packet of the capture the burst's first has become; 0 if there is none. */
static uint64_t write_capture(struct fp_node *node, const struct fp_burst *burst)
{
	struct fp_error error;
	uint64_t first;

	if (!node->capture)
		return 0;
	if (fp_shared_capture_write(node->capture, burst, &first, &error) == 0 &&
	    fp_shared_capture_flush(node->capture, &error) == 0)
		return first;
	fp_event_error(error.text);
	return 0;
}

static void handle_fault(struct fp_node *node, struct fp_burst *burst)
{
	const struct fp_policy *policy = node->plan->policy;

	node->recovery->faulted = node;
	node->recovery->fault_ticks = fp_context.fault.ticks;
	fp_event_fault(node, "process", burst, write_capture(node, burst));
	fp_node_note_fault(node);
	if (policy->forwards)
		node->bypassed += burst->count;
	else
		fp_node_drop_all(node, burst, FP_DROPPED_FAULT);
}

static void note_recovery(struct fp_node *node)
{
	struct fp_recovery *recovery = node->recovery;
	uint64_t ticks;

	if (!recovery->faulted || recovery->faulted == node)
		return;
	ticks = fp_clock_ticks();
	if (ticks - recovery->fault_ticks > recovery->worst_ticks)
		recovery->worst_ticks = ticks - recovery->fault_ticks;
	recovery->faulted = NULL;
}

static void say_invalid(struct fp_node *node, const struct fp_burst *burst)
{
	static const char *const reasons[] = {
		[FP_BAD_DATA & 3] = "bad data",
		[FP_BAD_LENGTH & 3] = "bad length",
		[FP_BAD_GATE & 3] = "bad gate",
	};

	for (uint32_t i = 0; i < burst->count && !node->said_invalid; i++) {
		uint16_t gate = burst->packet[i].gate;

		if (gate < FP_BAD_GATE || gate == FP_DROP)
			continue;
		fp_event_invalid(node, fp_burst_number(burst, i), reasons[gate & 3]);
		node->said_invalid = true;
	}
}

static void run_module(struct fp_node *node, struct fp_burst *burst)
{
	uint64_t start = node->timed ? fp_clock_ticks() : 0;
	unsigned bad;
	int status;

	note_recovery(node);
	node->handed += burst->count;
	status = fp_call_process(&node->instance, burst, &bad);
	if (node->timed)
		node->ticks += fp_clock_ticks() - start;
	if (node->instance.log.used)
		fp_node_show_log(node);
	if (status < 0) {
		handle_fault(node, burst);
		return;
	}
	if (bad && !node->said_invalid)
		say_invalid(node, burst);
	fp_node_settle(node, burst);
}

static void drop_for_dead(struct fp_node *node, struct fp_burst *burst)
{
	fp_node_drop_all(node, burst, FP_DROPPED_DEAD);
}

static void pass_by(struct fp_node *node, struct fp_burst *burst)
{
	node->bypassed += burst->count;
}

static void wait_for_restart(struct fp_node *node, struct fp_burst *burst)
{
	if (!node->restarted_elsewhere && fp_node_is_due(node) && fp_node_restart(node) == 0)
		node->state = FP_NODE_RUNNING;
	if (node->state == FP_NODE_RUNNING)
		run_module(node, burst);
	else
		fp_node_drop_all(node, burst, FP_DROPPED_WAITING);
}

static void (*const steps[FP_NODE_STATES])(struct fp_node *, struct fp_burst *) = {
	[FP_NODE_RUNNING] = run_module,
	[FP_NODE_DEAD] = drop_for_dead,
	[FP_NODE_BYPASSED] = pass_by,
	[FP_NODE_WAITING] = wait_for_restart,
};

void fp_node_run(struct fp_node *node, struct fp_burst *burst)
{
	node->in += burst->count;
	steps[node->state](node, burst);
}

void fp_node_tick(struct fp_node *node)
{
	uint64_t suppressed;

	if (node->state == FP_NODE_WAITING && node->restarted_elsewhere)
		return; /* the instance is another thread's for now */
	suppressed = fp_logbuffer_tick(&node->instance.log);
	if (suppressed)
		fp_event_suppressed(node, suppressed);
	if (node->state == FP_NODE_DEAD || node->state == FP_NODE_BYPASSED)
		fp_instance_destroy(&node->instance);
}

void fp_node_stop(struct fp_node *node)
{
	struct fp_error error;

	if (node->state == FP_NODE_RUNNING && fp_call_fini(&node->instance) < 0) {
		node->faults++;
		fp_node_show_log(node);
		fp_event_fault(node, "fini", NULL, 0);
	}
	fp_node_show_log(node);
	fp_node_tick(node);
	fp_instance_destroy(&node->instance);
	if (fp_shared_capture_close(node->capture, &error) < 0)
		fp_event_error(error.text);
	node->capture = NULL;
}
