/* SPDX-License-Identifier: Apache-2.0
 *
 * Data among the code.
 *
 * expect: refused: section
 */
#include "attack.h"

__attribute__((section(".text"))) static unsigned char code[] = {0x0f, 0x05};
void attack(struct fp_batch *batch)
{
	((void (*)(void))(code + (batch->count & 1)))();
}
