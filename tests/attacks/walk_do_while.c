/* SPDX-License-Identifier: Apache-2.0
 *
 * The test comes last, with a volatile end.
 *
 * expect: fault guard, memory: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile uint64_t *p = malloc(64);
	uint64_t *end = wild(HOST_PAGE);

	do
		*p = batch->count; /* HERE */
	while ((p += 0x1ff0) != end);
}
