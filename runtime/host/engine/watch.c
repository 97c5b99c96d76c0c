/* SPDX-License-Identifier: Apache-2.0 */
#include "watch.h"

static void look(struct fp_stage *stage, struct fp_burst *burst, uint64_t since)
{
	if (stage->tap && stage->tap->gate == FP_TAP_EVERY)
		fp_tap_copy(stage->tap, stage->worker, burst);
	if (!stage->tracer)
		return;
	fp_trace_match(stage, burst);
	fp_trace_begin(stage, burst, since);
}

void fp_watch_run(struct fp_stage *stage, struct fp_burst *burst, uint64_t now)
{
	look(stage, burst, 0);
	stage->kind->run(stage, burst, now);
	fp_watch_leave(stage);
}

void fp_watch_receive(struct fp_stage *stage, struct fp_burst *burst, uint64_t now)
{
	look(stage, burst, now);
	if (stage->tracer && stage->steering)
		fp_trace_steer(stage, burst);
}

/* The turn may have begun before the packets were handed over. */
void fp_watch_take_over(struct fp_stage *stage, const struct fp_burst *burst)
{
	if (stage->tracer)
		fp_trace_begin(stage, burst, 0);
}

void fp_watch_leave(struct fp_stage *stage)
{
	if (stage->tracer)
		fp_trace_end(stage);
}

void fp_watch_hand_over(struct fp_stage *stage, unsigned worker)
{
	if (stage->tracer)
		fp_trace_hand_over(stage, worker);
}

bool fp_watch_pass(struct fp_stage *stage, const struct fp_burst *burst)
{
	if (stage->tap && stage->tap->gate != FP_TAP_EVERY)
		fp_tap_copy(stage->tap, stage->worker, burst);
	return stage->tracer && stage->tracer->steps > 0;
}
