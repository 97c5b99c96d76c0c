/* SPDX-License-Identifier: Apache-2.0
 *
 * A jump to wherever.
 *
 * expect: refused: computed goto
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	static void *labels[] = {&&a, &&b};

	goto *labels[batch->count & 1];
a:
	batch->reserved = 1;
b:
	batch->reserved = 2;
}
