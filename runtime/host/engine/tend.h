/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of fp_engine_tend().
 */
#ifndef FASTPAAS_HOST_ENGINE_TEND_H
#define FASTPAAS_HOST_ENGINE_TEND_H

#include "engine/engine.h"

/* Restarts one of the worker's modules that wait for it, if the time of one has come. */
void fp_tend_restarts(struct fp_worker *worker);

/* Moves flow groups between workers if their loads differ; looks every FP_BALANCE_NS. */
#define FP_BALANCE_NS 500000000u
void fp_tend_balance(struct fp_engine *engine);

/* Has another worker serve some of an input's flow groups: those for which `moves[group]` is not its worker yet. No packet
 * is lost, and those of a flow stay in order: nothing is received until all that came before has left the graph. */
void fp_move_groups(struct fp_engine *engine, struct fp_stage *input, const uint8_t *moves);

#endif
