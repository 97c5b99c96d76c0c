/* SPDX-License-Identifier: Apache-2.0
 *
 * Lets the host fill another module's memory.
 *
 * expect: fault api
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	memset(wild(note_of(batch)->data), 66, opaque(4096)); /* HERE */
}
