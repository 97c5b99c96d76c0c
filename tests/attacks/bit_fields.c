/* SPDX-License-Identifier: Apache-2.0
 *
 * Bit-fields of all widths as indices.
 *
 * expect: survives
 */
#include "attack.h"

struct bits { unsigned a : 3; int b : 5; uint64_t c : 33; unsigned d : 1; int64_t e : 47; };
static volatile char small[8], thirty_two[32], two[2];
void attack(struct fp_batch *batch)
{
	struct bits bits;

	memset(&bits, 0xff, opaque(sizeof(bits)));
	small[bits.a] = 1;
	thirty_two[bits.b + 16] = 1;
	two[bits.d] = (char)batch->count;
	batch->packet[0].timestamp = bits.c + (uint64_t)bits.e;
}
