/* SPDX-License-Identifier: Apache-2.0
 *
 * What a worker writes down of traced packets. Where a packet ends up is told by the code that takes it there; where a
 * whole batch meets one fate, by the counters of the node.
 */
#include "trace.h"

#include <string.h>

#include "clock.h"
#include "engine/steering.h"

static uint64_t mark_of(unsigned slot, uint32_t packet)
{
	return (uint64_t)(slot * FP_TRACE_PACKETS + packet + 1) << FP_NUMBER_BITS;
}

_Static_assert(FP_TRACES * FP_TRACE_PACKETS < 1 << (64 - FP_NUMBER_BITS), "a mark fits above a number");

static void mark(struct fp_trace *trace, unsigned slot, struct fp_burst *burst, uint32_t i)
{
	uint32_t packet = atomic_fetch_add_explicit(&trace->taken, 1, memory_order_relaxed);

	if (packet >= trace->count)
		return;
	burst->number[i] |= mark_of(slot, packet);
	trace->packet[packet].first = burst->number[i];
	atomic_store_explicit(&trace->packet[packet].number, burst->number[i], memory_order_relaxed);
}

static bool is_open(const struct fp_trace *trace)
{
	return trace && atomic_load_explicit(&trace->open, memory_order_relaxed) &&
	       atomic_load_explicit(&trace->taken, memory_order_relaxed) < trace->count;
}

static void match_burst(struct fp_trace *trace, unsigned slot, struct fp_burst *burst)
{
	for (uint32_t i = 0; i < burst->count && is_open(trace); i++)
		if (!(burst->number[i] >> FP_NUMBER_BITS) && fp_filter_accepts(&trace->filter, &burst->packet[i]))
			mark(trace, slot, burst, i);
}

void fp_trace_match(struct fp_stage *stage, struct fp_burst *burst)
{
	for (uint32_t set = stage->matches; set; set &= set - 1) {
		unsigned slot = (unsigned)__builtin_ctz(set);

		if (is_open(stage->tracer->trace[slot]))
			match_burst(stage->tracer->trace[slot], slot, burst);
	}
}

/* Marks are looked up, whatever they are; one of a trace that has ended finds nothing. */
static bool find(const struct fp_tracer *tracer, uint64_t number, struct fp_step *step)
{
	uint64_t at = (number >> FP_NUMBER_BITS) - 1;

	if (number >> FP_NUMBER_BITS == 0 || at >= FP_TRACES * FP_TRACE_PACKETS)
		return false;
	step->trace = tracer->trace[at / FP_TRACE_PACKETS];
	if (!step->trace || at % FP_TRACE_PACKETS >= step->trace->count)
		return false;
	step->traced = &step->trace->packet[at % FP_TRACE_PACKETS];
	step->number = number;
	return atomic_load_explicit(&step->traced->number, memory_order_relaxed) == number;
}

static void describe(struct fp_hop *hop, const struct fp_stage *stage, const struct fp_packet *packet)
{
	*hop = (struct fp_hop){.kind = stage->kind->name, .worker = stage->worker, .len = packet->len, .gate = -1};
	strcpy(hop->node, stage->name);
	strcpy(hop->tenant, stage->share->tenant.name);
	hop->kept = packet->len < FP_TRACE_HEAD ? packet->len : FP_TRACE_HEAD;
	memcpy(hop->head, packet->data, hop->kept);
}

static void add_step(struct fp_tracer *tracer, const struct fp_stage *stage, const struct fp_burst *burst, uint32_t i)
{
	struct fp_step *step = &tracer->step[tracer->steps];
	unsigned place;

	if (!find(tracer, burst->number[i], step))
		return;
	place = step->traced->hops++;
	step->at = i;
	step->hop = &step->traced->hop[place < FP_TRACE_HOPS ? place : FP_TRACE_HOPS - 1];
	describe(step->hop, stage, &burst->packet[i]);
	step->hop->batch = burst->count;
	tracer->steps++;
}

void fp_trace_begin(struct fp_stage *stage, const struct fp_burst *burst, uint64_t since)
{
	struct fp_tracer *tracer = stage->tracer;

	tracer->steps = 0;
	for (uint32_t i = 0; i < burst->count; i++)
		if (burst->number[i] >> FP_NUMBER_BITS)
			add_step(tracer, stage, burst, i);
	if (tracer->steps == 0)
		return;
	memcpy(tracer->dropped, stage->node.drop, sizeof(tracer->dropped));
	tracer->sent = stage->sent;
	tracer->bypassed = stage->node.bypassed;
	tracer->started = since ? since : fp_clock_ticks();
	for (unsigned i = 0; i < tracer->steps; i++)
		if (tracer->step[i].traced->hops == 1)
			tracer->step[i].traced->entered_ticks = tracer->started;
}

static struct fp_hop *find_hop(const struct fp_tracer *tracer, uint64_t number)
{
	for (unsigned i = 0; i < tracer->steps; i++)
		if (tracer->step[i].number == number)
			return tracer->step[i].hop;
	return NULL;
}

static void note_drop(struct fp_hop *hop, enum fp_drop reason)
{
	hop->fate = FP_FATE_DROPPED;
	hop->reason = reason;
}

void fp_trace_note(struct fp_stage *stage, const struct fp_burst *burst, uint32_t i, enum fp_drop dropped)
{
	struct fp_hop *hop = find_hop(stage->tracer, burst->number[i]);
	const struct fp_stage *to = stage->gate[burst->packet[i].gate];

	if (!hop)
		return;
	hop->gate = burst->packet[i].gate;
	hop->fate = to && to->share == stage->share ? FP_FATE_PASSED : FP_FATE_COPIED;
	if (dropped < FP_DROPS)
		note_drop(hop, dropped);
	if (!to)
		return;
	strcpy(hop->to, to->name);
	strcpy(hop->to_tenant, to->share->tenant.name);
}

void fp_trace_witness(void *watcher, const struct fp_burst *burst)
{
	const struct fp_stage *stage = watcher;

	for (uint32_t i = 0; stage->tracer->steps && i < burst->count; i++) {
		struct fp_hop *hop = find_hop(stage->tracer, burst->number[i]);

		if (hop && burst->packet[i].gate >= FP_GATES)
			note_drop(hop, fp_drop_of(burst->packet[i].gate));
	}
}

static void note_time(const struct fp_tracer *tracer, const struct fp_step *step, uint64_t now)
{
	uint64_t entered = step->traced->entered_ticks;

	step->hop->ticks = now - tracer->started;
	/* Counters of two cores may differ a little. */
	step->hop->since_ticks = tracer->started > entered ? tracer->started - entered : 0;
}

/* From here on another worker writes down what happens to it. */
static void give_away(const struct fp_tracer *tracer, struct fp_step *step, unsigned worker, uint64_t now)
{
	step->hop->fate = FP_FATE_MOVED;
	step->hop->to_worker = worker;
	note_time(tracer, step, now);
	step->hop = NULL;
}

void fp_trace_hand_over(struct fp_stage *stage, unsigned worker)
{
	struct fp_tracer *tracer = stage->tracer;
	uint64_t now = fp_clock_ticks();

	for (unsigned i = 0; i < tracer->steps; i++)
		give_away(tracer, &tracer->step[i], worker, now);
}

void fp_trace_steer(struct fp_stage *stage, const struct fp_burst *burst)
{
	struct fp_tracer *tracer = stage->tracer;
	uint64_t now = fp_clock_ticks();

	for (unsigned i = 0; i < tracer->steps; i++) {
		unsigned worker = fp_steering_find(stage->steering, &burst->packet[tracer->step[i].at]).worker;

		if (worker != stage->worker)
			give_away(tracer, &tracer->step[i], worker, now);
	}
}

/* What all packets met of which nothing else was said. */
static void judge(struct fp_hop *hop, const struct fp_stage *stage)
{
	const struct fp_tracer *tracer = stage->tracer;
	uint64_t sent = stage->sent - tracer->sent;

	for (int reason = 0; reason < FP_DROPS; reason++)
		if (stage->node.drop[reason] != tracer->dropped[reason])
			note_drop(hop, (enum fp_drop)reason);
	if (hop->fate != FP_FATE_OPEN || stage->kind != &fp_stage_output)
		return;
	hop->fate = sent == hop->batch ? FP_FATE_SENT : sent ? FP_FATE_UNCLEAR : FP_FATE_LOST;
}

static void end_step(const struct fp_stage *stage, struct fp_step *step, uint64_t now)
{
	struct fp_hop *hop = step->hop;

	note_time(stage->tracer, step, now);
	hop->bypassed = stage->node.bypassed != stage->tracer->bypassed;
	if (hop->fate == FP_FATE_OPEN)
		judge(hop, stage);
	if (hop->fate < FP_FATE_SENT)
		return;
	atomic_store_explicit(&step->traced->number, 0, memory_order_relaxed);
	atomic_fetch_add_explicit(&step->trace->done, 1, memory_order_release);
}

void fp_trace_end(struct fp_stage *stage)
{
	uint64_t now = stage->tracer->steps ? fp_clock_ticks() : 0;

	for (unsigned i = 0; i < stage->tracer->steps; i++)
		if (stage->tracer->step[i].hop)
			end_step(stage, &stage->tracer->step[i], now);
	stage->tracer->steps = 0;
}
