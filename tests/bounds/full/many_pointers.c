/* SPDX-License-Identifier: Apache-2.0
 *
 * Pointers in more memory than the module's own bounds table has room for: one in each 4 KiB of 100 MiB. Then
 * all of them are used, and the one numbered WRONG, if there is one, goes past its object.
 */
#include "program.h"

#define PAGES 25600
#define SIZE 24 /* bytes of the object that a pointer is to */

static char *memory, *objects[2];

static APART char **slot(unsigned number)
{
	return (char **)(memory + 4096ul * number);
}

static void begin(void)
{
	memory = malloc(4096ul * PAGES);
	objects[0] = malloc(SIZE);
	objects[1] = malloc(SIZE);
	if (!memory || !objects[0] || !objects[1])
		abort();
}

static void run(struct fp_batch *batch)
{
	(void)batch;
	if (memory)
		return;
	begin();
	for (unsigned i = 0; i < PAGES; i++)
		*slot(i) = objects[i & 1];
	for (unsigned i = 0; i < PAGES; i++)
		(*slot(i))[zero] = (*slot(i))[SIZE - 1 + zero] = 1;
	if (WRONG >= 0)
		(*slot(WRONG))[SIZE + zero] = 1; /* HERE */
}
