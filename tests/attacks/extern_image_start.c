/* SPDX-License-Identifier: Apache-2.0
 *
 * The same symbol, declared.
 *
 * expect: refused: not defined
 */
#include "attack.h"

extern char __ehdr_start[];
void attack(struct fp_batch *batch)
{
	((volatile char *)__ehdr_start)[opaque(0)] = (char)batch->count;
}
