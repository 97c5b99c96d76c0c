/* SPDX-License-Identifier: Apache-2.0
 *
 * The same for a vector in memory.
 *
 * expect: fault guard: write
 * expect in segment: survives
 */
#include "attack.h"

typedef uint64_t four __attribute__((vector_size(32)));
static four global;
void attack(struct fp_batch *batch)
{
	volatile four *value = &global;

	((volatile uint64_t *)value)[opaque(1ul << 40)] = batch->count; /* HERE */
}
