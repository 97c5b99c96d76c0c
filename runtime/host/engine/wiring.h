/* SPDX-License-Identifier: Apache-2.0
 *
 * The stages of a plan on one worker, and where their gates lead: made by the control thread, put in force by the
 * worker.
 */
#ifndef FASTPAAS_HOST_ENGINE_WIRING_H
#define FASTPAAS_HOST_ENGINE_WIRING_H

#include "engine/plan.h"
#include "engine/stage.h"

struct fp_wired {
	struct fp_stage *stage;
	struct fp_stage *gate[FP_GATES];
	uint8_t path; /* the stage's */
	struct fp_ring *from[FP_WORKERS_MAX];
	unsigned rings;
	struct fp_steering *steering;
};

struct fp_wiring {
	unsigned count;
	struct fp_wired *wired; /* in the order of the graph */
	unsigned shares;
	struct fp_share *share[FP_TENANTS_MAX];
	uint32_t weight[FP_TENANTS_MAX];
};

/* An order: the worker is wired anew. No packet may be in its graph; its inputs are closed afterwards, until all workers
 * are wired. */
void fp_wiring_adopt(struct fp_worker *worker, void *wiring);

#endif
