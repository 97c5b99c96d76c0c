/* SPDX-License-Identifier: Apache-2.0
 *
 * Jumps into the middle of a function, past its checks.
 *
 * expect: fault call target
 */
#include "attack.h"

static void other(struct fp_batch *batch)
{
	batch->packet[opaque(3)].gate = 1;
}
void attack(struct fp_batch *batch)
{
	void (*volatile function)(struct fp_batch *) = other;

	((void (*)(struct fp_batch *))(opaque((uint64_t)function) + 1))(batch); /* HERE */
}
