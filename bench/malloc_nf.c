/* SPDX-License-Identifier: Apache-2.0
 *
 * The micro-benchmark of malloc(): each packet frees some objects and allocates others in their place, in a
 * table of pointers and in lists that hang off it, and touches what it has allocated.
 */
#include <stdlib.h>

#include <fastpaas/nf.h>

#define SLOTS 4096u
#define EACH 4u /* objects a packet replaces */

struct object {
	struct object *next;
	uint32_t size;
	unsigned char bytes[];
};

static struct object *slots[SLOTS];
static uint64_t state = 1;

/* Knuth's MMIX generator. */
static uint32_t draw(void)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(state >> 33);
}

static struct object *make(uint32_t size, struct object *next)
{
	struct object *object = malloc(sizeof(*object) + size);

	if (!object)
		abort();
	object->next = next;
	object->size = size;
	object->bytes[0] = 1;
	object->bytes[size - 1] = 2;
	return object;
}

/* Puts a new object in front of a slot's list, which keeps four. */
static void replace(uint32_t slot)
{
	struct object *last = slots[slot];
	unsigned length = 1;

	slots[slot] = make(16 + draw() % 240, last);
	for (; last && length < 4; length++)
		last = last->next;
	if (!last)
		return;
	for (struct object *at = slots[slot]; at; at = at->next)
		if (at->next == last)
			at->next = NULL;
	while (last) {
		struct object *next = last->next;

		free(last);
		last = next;
	}
}

void process(struct fp_batch *batch)
{
	for (uint32_t i = 0; i < batch->count; i++)
		for (unsigned n = 0; n < EACH; n++)
			replace(draw() % SLOTS);
}
