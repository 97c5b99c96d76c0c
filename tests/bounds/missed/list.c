/* SPDX-License-Identifier: Apache-2.0
 *
 * A pointer that was loaded from an object on the heap.
 *
 * report: write of 8 bytes at offset 24 of a 24-byte heap object allocated at SITE in push()
 */
#include "program.h"

struct node {
	struct node *next;
	unsigned long values[2];
};
static struct node *first;

static APART void push(void)
{
	struct node *node = malloc(sizeof(*node)); /* SITE */

	if (!node)
		abort();
	node->next = first;
	first = node;
}

static void run(struct fp_batch *batch)
{
	(void)batch;
	push();
	push();
	push();
	first->next->next->values[2 + zero] = 1; /* HERE */
}
