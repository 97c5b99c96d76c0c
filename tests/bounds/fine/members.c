/* SPDX-License-Identifier: Apache-2.0
 *
 * From a member to the structure it is part of, and to its neighbours.
 */
#include "program.h"

struct entry {
	unsigned key, values[3];
	struct entry *next;
};
static struct entry entries[4];

static APART unsigned key_of(unsigned *value)
{
	return ((struct entry *)((char *)value - offsetof(struct entry, values)))->key;
}

static void run(struct fp_batch *batch)
{
	(void)batch;
	entries[1].key = 5;
	entries[1].values[1] = key_of(entries[1 + zero].values);
	sink = (&entries[2].key)[1 + zero];
}
