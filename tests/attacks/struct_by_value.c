/* SPDX-License-Identifier: Apache-2.0
 *
 * A structure by value that is larger than any stack.
 *
 * expect: fault stack exhausted
 */
#include "attack.h"

struct huge { char bytes[4 << 20]; };
static struct huge global;
__attribute__((noinline)) static int take(struct huge value, uint64_t index)
{
	return value.bytes[index];
}
void attack(struct fp_batch *batch)
{
	batch->packet[0].gate = (uint16_t)take(global, opaque(5));
}
