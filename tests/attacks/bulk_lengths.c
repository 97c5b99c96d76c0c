/* SPDX-License-Identifier: Apache-2.0
 *
 * Lengths of nothing at wild places: nothing is touched, nothing is refused.
 *
 * expect: survives
 */
#include "attack.h"

static char own[64];
void attack(struct fp_batch *batch)
{
	memcpy(wild(HOST_PAGE), own, opaque(0));
	memset(wild(HOST_PAGE), 1, opaque(0));
	memmove(own, wild(HOST_PAGE), opaque(0));
	batch->packet[0].gate = (uint16_t)memcmp(wild(HOST_PAGE), wild(0), opaque(0));
}
