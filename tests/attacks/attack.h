/* SPDX-License-Identifier: Apache-2.0
 *
 * What every attack may use: targets outside its arena, and values the compiler knows nothing about.
 *
 * An attack is the body of attack(), called once for every batch; the line marked HERE is the one the host's
 * report must name. See test_attacks.py for the words in an attack's header.
 */
#ifndef ATTACK_H
#define ATTACK_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <fastpaas/nf.h>

#include "places.h"

/* Addresses in the module before this one, as it wrote them into the packets. */
struct note {
	uint64_t data, heap, stack;
};

static volatile uint64_t opaque_zero;

/* The same value, of which nothing is known any more. */
static inline uint64_t opaque(uint64_t value)
{
	return value + opaque_zero;
}

static inline void *wild(uint64_t address)
{
	return (void *)opaque(address);
}

static inline const struct note *note_of(const struct fp_batch *batch)
{
	return (const struct note *)(batch->packet[0].data + NOTE_OFFSET);
}

static inline uint64_t arena_of(const void *own)
{
	return (uint64_t)own & ~0xfffffffful;
}

/* Tells on a module that has read what it must not see. */
static inline void tell(uint64_t value)
{
	fp_count(fp_counter("told"), 1);
	if (value == HOST_SECRET)
		fp_count(fp_counter("leaked"), 1);
}

#endif
