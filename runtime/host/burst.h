/* SPDX-License-Identifier: Apache-2.0
 *
 * The host's own list of the packets that travel together, and its exchange with a module's batch.
 *
 * packet[i].data is a host address here and an arena address there. packet[i].data + packet[i].room
 * is the end of the packet's buffer, always; a module's `room` is never read.
 */
#ifndef FASTPAAS_HOST_BURST_H
#define FASTPAAS_HOST_BURST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <fastpaas/nf.h>

struct fp_burst {
	uint32_t count;
	bool gates_set;		       /* some packet's gate may not be 0 */
	uint32_t lowest, highest;      /* buffers it had when it was filled: all that are left lie between these */
	uint32_t buffer[FP_BATCH_MAX]; /* number of the packet's buffer in the pool */
	uint64_t number[FP_BATCH_MAX]; /* how manieth packet of the input it is, from 0; above that, its mark */
	struct fp_packet packet[FP_BATCH_MAX] __attribute__((aligned(64)));
};

/* Gates the host gives to packets a module left invalid; a module cannot choose them. */
enum fp_bad_gate { FP_BAD_DATA = 0xfffe, FP_BAD_LENGTH = 0xfffd, FP_BAD_GATE = 0xfffc };

/* Writes the burst into `batch`; a packet lies `shift` bytes further in the arena than in the host. Every
 * gate must be 0, `batch->packet` 64-byte aligned. */
void fp_burst_fill(const struct fp_burst *burst, struct fp_batch *batch, ptrdiff_t shift);

/* Takes back data, len and gate, each read once. A packet that is not wholly in its own buffer, or
 * has a gate that does not exist, keeps its old data and len and gets an fp_bad_gate. Returns how
 * many such packets there are. */
unsigned fp_burst_collect(struct fp_burst *burst, const struct fp_batch *batch, ptrdiff_t shift);

/* In the upper bits of its number a packet may carry a mark, by which the graph follows it (engine/trace.h). Modules
 * neither see nor set it: it is in no batch. */
#define FP_NUMBER_BITS 52

static inline uint64_t fp_number_without_mark(uint64_t number)
{
	return number & ((1ull << FP_NUMBER_BITS) - 1);
}

static inline uint64_t fp_burst_number(const struct fp_burst *burst, uint32_t i)
{
	return fp_number_without_mark(burst->number[i]);
}

/* All gates are 0 again. */
static inline void fp_burst_clear_gates(struct fp_burst *burst)
{
	for (uint32_t i = 0; burst->gates_set && i < burst->count; i++)
		burst->packet[i].gate = 0;
	burst->gates_set = false;
}

/* Appends a packet that lies in buffer `buffer`, which the caller describes there: a description that is written
 * elsewhere, field by field, and copied here at once costs two stalls of the processor a packet. */
static inline struct fp_packet *fp_burst_append(struct fp_burst *burst, uint32_t buffer, uint64_t number)
{
	uint32_t at = burst->count++;

	burst->buffer[at] = buffer;
	/* Branches, which are foreseen: a minimum and a maximum would have each packet wait for the one before. */
	if (at == 0 || buffer < burst->lowest)
		burst->lowest = buffer;
	if (at == 0 || buffer > burst->highest)
		burst->highest = buffer;
	burst->number[at] = number;
	return &burst->packet[at];
}

/* Moves packet `from` to place `to`. */
static inline void fp_burst_move(struct fp_burst *burst, uint32_t from, uint32_t to)
{
	burst->packet[to] = burst->packet[from];
	burst->buffer[to] = burst->buffer[from];
	burst->number[to] = burst->number[from];
}

#endif
