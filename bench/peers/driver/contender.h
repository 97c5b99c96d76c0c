/* SPDX-License-Identifier: Apache-2.0
 *
 * What the driver runs: contenders of several kinds, all on the same packets. A kind is one file that
 * registers itself; whatever is linked into the driver can be asked for by name.
 */
#ifndef BENCH_PEERS_CONTENDER_H
#define BENCH_PEERS_CONTENDER_H

#include <stdint.h>

#include <fastpaas/nf.h>

#include "counters.h"
#include "traffic.h"

/* The packets of one pass and what init() gets; the same for all contenders. */
struct job {
	struct fp_traffic traffic; /* count is a multiple of batch */
	uint32_t batch;
	struct fp_args args;
};

/* What became of a packet. */
struct outcome {
	uint64_t checksum; /* as fphost's bench computes it: of length, gate and bytes */
	uint32_t len;
	uint16_t gate;
};

struct contender {
	const struct contender_kind *kind;
	const char *name;
	const char *path; /* of the object, module or program */
	const struct job *job;
	void *state; /* of the kind */
	struct counters counters;
	uint64_t passes; /* begun so far: a pass's packets arrive after those of the pass before */
};

struct contender_kind {
	const char *name;
	struct contender_kind *next; /* filled by register_kind() */
	/* Loads it and calls its init(). Says why on stderr and ends the driver if that fails. */
	void (*open)(struct contender *contender);
	/* The first pass, over fresh state; one outcome a packet, and all counters. */
	void (*rehearse)(struct contender *contender, struct outcome *outcomes);
	/* Nanoseconds of processor time that `passes` passes took, less what restores the packets. */
	uint64_t (*measure)(struct contender *contender, uint32_t passes);
	void (*close)(struct contender *contender);
};

void register_kind(struct contender_kind *kind);

/* The kind of that name, NULL if the driver was linked without it. */
const struct contender_kind *find_kind(const char *name);

/* Of one packet, and of all of a pass. */
struct outcome outcome_of(const uint8_t *data, uint32_t len, uint16_t gate);
uint64_t checksum_of(const struct outcome *outcomes, uint32_t count);

/* Says what is wrong with the contender and ends the driver. */
void fail(const struct contender *contender, const char *format, ...)
	__attribute__((noreturn, format(printf, 2, 3)));

#endif
