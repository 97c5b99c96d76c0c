/* SPDX-License-Identifier: Apache-2.0
 *
 * Deterministic damage to a module file, aimed at what the loader reads.
 */
#ifndef FASTPAAS_TEST_MUTATE_H
#define FASTPAAS_TEST_MUTATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUTATE_REGIONS 32
#define MUTATE_GROWTH 256 /* bytes a mutant may be longer than its original */

/* A part of the file made of records, e.g. the symbol table. */
struct mutate_region {
	size_t start, size, record;
};

struct mutate_original {
	const uint8_t *bytes;
	size_t len;
	struct mutate_region region[MUTATE_REGIONS];
	unsigned region_count;
};

/* Finds the regions of a good module by its section headers: those the loader reads, or those only
 * debuggers are shown. -1 if there are none. */
int mutate_open(struct mutate_original *original, const uint8_t *bytes, size_t len, bool debug);

/* Makes mutant number `seed` in a new buffer of exactly its length; NULL if out of memory. */
uint8_t *mutate(const struct mutate_original *original, uint64_t seed, size_t *len);

#endif
