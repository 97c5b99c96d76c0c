/* SPDX-License-Identifier: Apache-2.0
 *
 * The same with a target the compiler knows.
 *
 * expect: refused: `code` is called
 */
#include "attack.h"

static unsigned char code[] = {0x0f, 0x05, 0xc3};
void attack(struct fp_batch *batch)
{
	code[0] = (unsigned char)batch->count;
	((void (*)(struct fp_batch *))code)(batch);
}
