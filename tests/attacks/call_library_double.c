/* SPDX-License-Identifier: Apache-2.0
 *
 * A host function that is said to return a floating-point number, which becomes an index: it would be what the
 * host left in a vector register.
 *
 * expect: refused: other types
 * flags: -w -fno-builtin
 */
#include <stdint.h>
struct fp_batch;
double fp_now(void);
static volatile char table[256];
void attack(struct fp_batch *batch)
{
	(void)batch;
	table[(unsigned char)fp_now()] = 1;
	table[(int)fp_now() & 255] = 1;
}
