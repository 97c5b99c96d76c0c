/* SPDX-License-Identifier: Apache-2.0
 *
 * An entry point with one parameter more, under an asm label: it would get what the host left in a register.
 *
 * expect: refused: does not call a function
 * flags: -isystem HERE/parts
 */
#include "attack.h"
#define INIT
#include <system_labels.h>
void attack(struct fp_batch *batch)
{
	batch->packet[0].gate = 0;
}
