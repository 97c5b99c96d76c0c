/* SPDX-License-Identifier: Apache-2.0
 *
 * The innocent module in the same process: it knows every byte of its memory, looks whether all are as they
 * were before each batch, and writes the addresses of its things into the packets.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <fastpaas/nf.h>

#include "../places.h"

#define DATA 0x10000
#define HEAP 0x20000
#define WORDS(bytes) ((bytes) / 8)

static uint64_t data[WORDS(DATA)] = {1};
static const uint64_t constants[] = {3, 1, 4, 1, 5, 9, 2, 6};
static volatile uint64_t *heap;
static int intact, damaged;

static uint64_t expected(unsigned index, uint64_t seed)
{
	return (index + 1) * 0x9e3779b97f4a7c15ul + seed;
}

int init(const struct fp_args *args)
{
	(void)args;
	heap = malloc(HEAP);
	if (!heap)
		return 1;
	for (unsigned i = 0; i < WORDS(DATA); i++)
		data[i] = expected(i, 1);
	for (unsigned i = 0; i < WORDS(HEAP); i++)
		heap[i] = expected(i, 2);
	intact = fp_counter("intact");
	damaged = fp_counter("damaged");
	return 0;
}

static unsigned count_damage(void)
{
	volatile const uint64_t *now = data;
	volatile const uint64_t *fixed = constants;
	unsigned found = 0;

	for (unsigned i = 0; i < WORDS(DATA); i++)
		found += now[i] != expected(i, 1);
	for (unsigned i = 0; i < WORDS(HEAP); i++)
		found += heap[i] != expected(i, 2);
	return found + (fixed[0] != 3) + (fixed[7] != 6);
}

void process(struct fp_batch *batch)
{
	volatile uint64_t local = 0;
	uint64_t places[3] = {(uint64_t)&data[64], (uint64_t)&heap[64], (uint64_t)&local};
	unsigned words = count_damage();

	fp_count(words ? damaged : intact, words ? words : batch->count);
	for (unsigned i = 0; i < batch->count; i++)
		memcpy(batch->packet[i].data + NOTE_OFFSET, places, sizeof(places));
}

/* Once more when all is over. */
void fini(void)
{
	fp_count(damaged, count_damage());
}
