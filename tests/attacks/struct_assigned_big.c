/* SPDX-License-Identifier: Apache-2.0
 *
 * A big one.
 *
 * expect: fault api
 */
#include "attack.h"

struct some { uint64_t words[4000]; };
static struct some from;
void attack(struct fp_batch *batch)
{
	struct some *place = wild(HOST_PAGE + (batch->count & 8));

	*place = from; /* HERE */
}
