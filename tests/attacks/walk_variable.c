/* SPDX-License-Identifier: Apache-2.0
 *
 * The step is not known before run time.
 *
 * expect: fault guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = malloc(64);
	uint64_t step = opaque(HOST_PAGE - (uint64_t)p);

	for (uint64_t i = 0; i < 3; i++, p += step)
		*p = (char)batch->count; /* HERE */
}
