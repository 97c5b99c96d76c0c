/* SPDX-License-Identifier: Apache-2.0
 *
 * A _Bool parameter that came as 255, and shifts an index.
 *
 * expect: contained
 */
#include "attack.h"

static char large[1 << 26];
__attribute__((noinline)) static void set(_Bool flag)
{
	((volatile char *)large)[(uint64_t)flag << 25] = 1;
	((volatile char *)large)[((uint64_t)flag << 40) & (1ul << 41)] = 1;
}
static void (*volatile function)(_Bool) = set;
void attack(struct fp_batch *batch)
{
	union { unsigned char byte; _Bool flag; } mix;

	(void)batch;
	*(volatile unsigned char *)&mix.byte = (unsigned char)opaque(255);
	function(mix.flag);
}
