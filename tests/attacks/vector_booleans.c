/* SPDX-License-Identifier: Apache-2.0
 *
 * A vector of bits as an index.
 *
 * expect: contained
 */
#include "attack.h"

typedef _Bool eight __attribute__((ext_vector_type(8)));
typedef _Bool three __attribute__((ext_vector_type(3)));
static union { unsigned char byte; eight bits; three few; } mix;
static char large[1 << 26];
void attack(struct fp_batch *batch)
{
	volatile char *place = large;

	*(volatile unsigned char *)&mix.byte = 0xff;
	place[(uint64_t)mix.bits[opaque(3) & 7] << 25] = (char)batch->count;
	place[(uint64_t)mix.few[1] << 25] = 1;
}
