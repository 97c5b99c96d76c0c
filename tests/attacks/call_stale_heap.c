/* SPDX-License-Identifier: Apache-2.0
 *
 * A function pointer in freed memory that somebody else filled.
 *
 * expect: fault call target
 */
#include "attack.h"

static void run(struct fp_batch *batch) { batch->reserved = 1; }
void attack(struct fp_batch *batch)
{
	void (**object)(struct fp_batch *) = malloc(64);
	uint64_t *other;

	*object = run;
	(*object)(batch);
	free(object);
	other = malloc(64);
	for (unsigned i = 0; i < 8; i++)
		((volatile uint64_t *)other)[i] = HOST_PAGE;
	(*(void (*volatile *)(struct fp_batch *))other)(batch); /* HERE */
}
