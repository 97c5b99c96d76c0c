/* SPDX-License-Identifier: Apache-2.0
 *
 * Puts machine code into its data and calls it.
 *
 * expect: fault call target
 */
#include "attack.h"

static unsigned char code[] = {0x0f, 0x05, 0xc3};
void attack(struct fp_batch *batch)
{
	((void (*)(struct fp_batch *))opaque((uint64_t)code))(batch); /* HERE */
}
