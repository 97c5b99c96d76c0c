/* SPDX-License-Identifier: Apache-2.0
 *
 * Memory that is freed and allocated again with another size, at addresses that were stored before.
 */
#include "program.h"

struct holder {
	char *bytes;
	unsigned long size;
};
static struct holder holders[64];
static unsigned long round;

static APART void copy_bytes(char *to, const char *from, unsigned size)
{
	for (volatile unsigned i = 0; i < size; i++)
		to[i] = from[i];
}

static void run(struct fp_batch *batch)
{
	struct holder made;

	for (unsigned i = 0; i < 4096; i++, round++) {
		struct holder *holder = &holders[round * 31 % 64];

		free(holder->bytes);
		made.size = 1 + round * 37 % 2000;
		made.bytes = malloc(made.size);
		if (!made.bytes)
			abort();
		if (round % 3 == 0)
			*holder = made;
		else if (round % 3 == 1)
			memcpy(holder, &made, sizeof(made) + zero);
		else
			holder->bytes = made.bytes, holder->size = made.size;
		holder->bytes[0] = holder->bytes[holder->size - 1] = (char)batch->count;
	}
	copy_bytes((char *)&made, (char *)&holders[7], sizeof(made));
	sink = (unsigned char)made.bytes[made.size - 1];
}
