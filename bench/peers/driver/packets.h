/* SPDX-License-Identifier: Apache-2.0
 *
 * The packets of contenders that share the driver's memory: laid out once, as fphost lays them out, and
 * put back before each pass.
 */
#ifndef BENCH_PEERS_PACKETS_H
#define BENCH_PEERS_PACKETS_H

#include "contender.h"

/* One pass, batch by batch; the same memory for all contenders, so that none is luckier than another. */
struct fp_batch *shared_batches(const struct job *job);

/* Puts the frames, lengths and gates of all packets back; the pass is the contender's next one. */
void restore_packets(struct contender *contender, struct fp_batch *batches);

/* Puts the job's packets from number `from` on into the first of the batches; the first of them arrives as
 * number `arrival` of all passes. */
void restore_batch(const struct job *job, struct fp_batch *batch, uint32_t from, uint64_t arrival);

void judge_packets(const struct job *job, const struct fp_batch *batches, struct outcome *outcomes);

#endif
