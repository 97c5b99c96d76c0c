/* SPDX-License-Identifier: Apache-2.0
 *
 * What a tenant has on one worker: packet buffers, stages, and a share of the processor.
 */
#ifndef FASTPAAS_HOST_ENGINE_SHARE_H
#define FASTPAAS_HOST_ENGINE_SHARE_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/queue.h"
#include "engine/stage.h"
#include "pool.h"

#define FP_SHARE_STAGES 64 /* of a tenant on a worker: one bit each in a word */
#define FP_TENANT_NAME 64
#define FP_WEIGHT_MAX 1000

struct fp_worker;

struct fp_tenant {
	char name[FP_TENANT_NAME];
	uint32_t weight;
	uint32_t buffers; /* on each worker */
};

#define FP_PASS_SCALE 0x100000u /* pass of a tick at weight 1 */

struct fp_share {
	struct fp_tenant tenant;
	struct fp_worker *worker;
	struct fp_pool pool;
	struct fp_bursts bursts;
	uint32_t batch;	      /* most packets of a burst */
	uint64_t cheap_ticks; /* a batch that takes less need not be timed */
	uint64_t delay_ticks; /* longer than this no packet waits for others to fill its burst */

	struct fp_stage *stage[FP_SHARE_STAGES]; /* in the order of the graph */
	unsigned stages;
	struct fp_stage *source[FP_SHARE_STAGES];
	unsigned sources;
	unsigned next_source;
	uint64_t ready; /* bit n: packets wait for stage n */
	uint64_t full;	/* bit n: a whole burst waits for stage n */
	uint32_t reserve; /* buffers that nobody takes but an output that keeps them, for frames of other workers */
	const struct fp_stage *pressed; /* of another tenant, which has got more from this one than it has taken; NULL: none */
	struct fp_stage *ran; /* the stage of the last step */
	bool closed;	/* nothing new is fetched from ports */

	/* Of the scheduler. */
	bool active;
	uint64_t pass;	       /* ticks it has had, by its weight; wraps, and is compared by differences */
	uint64_t pass_of_tick; /* FP_PASS_SCALE divided by the weight, within 0.05 % */
	uint64_t since;	       /* when it last ran, or became active */
	uint64_t ticks;	       /* it has had */
	uint64_t steps;	       /* in which it did something */
	uint64_t timed_until;  /* by steps; before, each batch is timed */
	uint64_t worst_wait_ticks; /* while it was active */
};

struct fp_share *fp_share_create(const struct fp_tenant *tenant, struct fp_worker *worker, struct fp_error *error);
void fp_share_destroy(struct fp_share *share);

void fp_share_weigh(struct fp_share *share, uint32_t weight);

/* Does one thing: runs a stage, or fetches packets. False if there was nothing to do. */
bool fp_share_step(struct fp_share *share, uint64_t now);

/* Runs up to four whole bursts, of stages that are cheap and were timed not long ago: what they take is taken to be as it
 * was then. False if there are none. */
bool fp_share_run_untimed(struct fp_share *share, uint64_t now);

/* Runs the last stage in the graph that something waits for and that can run; false if there is none. */
bool fp_share_run_last(struct fp_share *share);

/* Whether there are buffers for a burst that comes. */
bool fp_share_has_room(struct fp_share *share);

/* Whether there are buffers for packets that come, beside the reserve. */
bool fp_share_has_buffers(struct fp_share *share, uint32_t packets);

/* Whether another tenant is behind with what it gets from this one. Nobody waits for another tenant; only an input
 * whose packets can wait does. */
bool fp_share_is_pressed(const struct fp_share *share);

/* Notes that packets have come for a stage of this share. */
void fp_share_note(struct fp_share *share, const struct fp_stage *stage);

#endif
