/* SPDX-License-Identifier: Apache-2.0
 *
 * Where the packet path meets those who look at packets: traces (trace.h) and taps (tap.h). While nobody looks, a stage
 * asks once a burst, `stage->watched`; nothing else happens. Which stages are watched is changed by orders only.
 */
#ifndef FASTPAAS_HOST_ENGINE_WATCH_H
#define FASTPAAS_HOST_ENGINE_WATCH_H

#include "engine/stage.h"
#include "engine/tap.h"
#include "engine/trace.h"

/* All are of a stage that is watched. Instead of stage->kind->run(). */
void fp_watch_run(struct fp_stage *stage, struct fp_burst *burst, uint64_t now);

/* Of what an input's port has received, before it goes anywhere, in a turn that began at `now`; and of what another worker
 * has handed over. fp_watch_leave() ends the turn. */
void fp_watch_receive(struct fp_stage *stage, struct fp_burst *burst, uint64_t now);
void fp_watch_take_over(struct fp_stage *stage, const struct fp_burst *burst);
void fp_watch_leave(struct fp_stage *stage);

/* Before all packets of the turn are handed to another worker. */
void fp_watch_hand_over(struct fp_stage *stage, unsigned worker);

/* Before packets leave by their gates; true if what becomes of each is to be told to fp_trace_note(). */
bool fp_watch_pass(struct fp_stage *stage, const struct fp_burst *burst);

#endif
