/* SPDX-License-Identifier: Apache-2.0
 *
 * Copies the host's memory by assignment.
 *
 * expect: fault api
 */
#include "attack.h"

struct some { uint64_t words[4000]; };
static struct some to;
void attack(struct fp_batch *batch)
{
	struct some *place = wild(HOST_PAGE + (batch->count & 8));

	to = *place; /* HERE */
	tell(to.words[opaque(7)]);
}
