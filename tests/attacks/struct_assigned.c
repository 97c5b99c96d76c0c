/* SPDX-License-Identifier: Apache-2.0
 *
 * A small structure assigned to a wild place.
 *
 * expect: fault guard: write
 */
#include "attack.h"

struct some { uint64_t words[4]; };
static struct some from;
void attack(struct fp_batch *batch)
{
	struct some *place = wild(HOST_PAGE + (batch->count & 8));

	*place = from; /* HERE */
}
