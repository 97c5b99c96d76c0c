/* SPDX-License-Identifier: Apache-2.0
 *
 * Pointers in a structure that memcpy() has copied.
 *
 * report: write of 1 byte at offset 48 of a 48-byte heap object allocated at SITE in run()
 */
#include "program.h"

struct table {
	unsigned long numbers[20];
	char *bytes;
	char *more;
};
static struct table *from, *to;

static void run(struct fp_batch *batch)
{
	(void)batch;
	from = malloc(sizeof(*from));
	to = malloc(sizeof(*to));
	if (!from || !to)
		return;
	from->bytes = malloc(48); /* SITE */
	from->more = malloc(100);
	memcpy(to, from, sizeof(*to) + zero);
	to->bytes[48] = 1; /* HERE */
}
