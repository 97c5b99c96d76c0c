/* SPDX-License-Identifier: Apache-2.0
 *
 * Recursion through a function pointer.
 *
 * expect: fault native stack exhausted
 */
#include "attack.h"

static unsigned (*volatile next)(unsigned);
static unsigned down(unsigned n)
{
	return next(n + 1) + n; /* HERE */
}
void attack(struct fp_batch *batch)
{
	next = down;
	batch->packet[0].len = next(batch->count);
}
