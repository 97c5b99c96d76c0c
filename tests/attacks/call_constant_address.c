/* SPDX-License-Identifier: Apache-2.0
 *
 * A function at a number.
 *
 * expect: fault call target
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	((void (*)(struct fp_batch *))0x401000)(batch); /* HERE */
}
