/* SPDX-License-Identifier: Apache-2.0
 *
 * Claims more packets than there are.
 *
 * expect: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	batch->count = ~0u;
	batch->reserved = ~0u;
}
