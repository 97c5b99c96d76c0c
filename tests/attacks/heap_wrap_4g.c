/* SPDX-License-Identifier: Apache-2.0
 *
 * 4 GiB past the block: the same low half of the address.
 *
 * expect: fault guard: write
 * expect in segment: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *block = malloc(100);

	block[opaque(1ul << 32)] = (char)batch->count; /* HERE */
}
