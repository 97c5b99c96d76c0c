/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of fp_engine_tend().
 */
#ifndef FASTPAAS_HOST_ENGINE_TEND_H
#define FASTPAAS_HOST_ENGINE_TEND_H

#include "engine/engine.h"
#include "engine/steering.h"

/* Restarts one of the worker's modules that wait for it, if the time of one has come. */
void fp_tend_restarts(struct fp_worker *worker);

/* Moves flow groups between workers if their loads differ, or to have those of one path on one worker; looks every
 * FP_BALANCE_NS. */
#define FP_BALANCE_NS 500000000u
void fp_tend_balance(struct fp_engine *engine);

/* Puts another table in force for an input. No packet is lost, and those of a flow stay in order: nothing is received
 * until all that came before has left the graph. */
void fp_steer(struct fp_engine *engine, struct fp_stage *input, const struct fp_steering_table *table);

#endif
