/* SPDX-License-Identifier: Apache-2.0
 *
 * A _Bool that is 255, and an enumerator that does not exist, as indices.
 *
 * expect: contained
 * flags: -fstrict-enums
 */
#include "attack.h"

enum kind { ONE, TWO };
union mix { unsigned char byte; _Bool flag; };
static volatile char small[2];
static volatile char *values = small;
void attack(struct fp_batch *batch)
{
	union mix mix;
	enum kind kind;
	unsigned word = (unsigned)opaque(0x7fffffff);

	*(volatile unsigned char *)&mix.byte = 255;
	memcpy(&kind, &word, opaque(sizeof(kind)));
	small[*(volatile _Bool *)&mix.flag] = 1;
	values[(uint64_t)*(volatile _Bool *)&mix.flag << 40] = 1;
	small[kind] = (char)batch->count;
}
