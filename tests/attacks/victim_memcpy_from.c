/* SPDX-License-Identifier: Apache-2.0
 *
 * Lets the host copy another module's memory.
 *
 * expect: fault api
 */
#include "attack.h"

static uint64_t own[512];
void attack(struct fp_batch *batch)
{
	memcpy(own, wild(note_of(batch)->data), opaque(sizeof(own))); /* HERE */
	tell(own[5]);
}
