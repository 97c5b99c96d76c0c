/* SPDX-License-Identifier: Apache-2.0
 *
 * A comparison the compiler writes out.
 *
 * expect: fault guard, api
 * expect in wonly: contained
 */
#include "attack.h"

static uint64_t guess = HOST_SECRET;
void attack(struct fp_batch *batch)
{
	if (memcmp(&guess, wild(HOST_PAGE), 8) == 0) /* HERE */
		tell(HOST_SECRET);
	batch->packet[0].gate = 0;
}
