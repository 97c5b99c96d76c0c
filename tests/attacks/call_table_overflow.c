/* SPDX-License-Identifier: Apache-2.0
 *
 * A table of functions and an index past it, onto data the attacker wrote.
 *
 * expect: fault call target, guard
 */
#include "attack.h"

static void one(struct fp_batch *batch) { batch->reserved = 1; }
static void two(struct fp_batch *batch) { batch->reserved = 2; }
static struct { void (*function[2])(struct fp_batch *); uint64_t after[8]; } all = {{one, two}, {0}};
void attack(struct fp_batch *batch)
{
	for (unsigned i = 0; i < 8; i++)
		all.after[i] = HOST_PAGE + i;
	all.function[opaque(4)](batch); /* HERE */
}
