/* SPDX-License-Identifier: Apache-2.0
 *
 * Takes everything there is.
 *
 * expect: contained
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	for (unsigned i = 0; i < 100000; i++) {
		volatile char *block = malloc(opaque(100000));

		if (!block)
			break;
		*block = (char)batch->count;
	}
}
