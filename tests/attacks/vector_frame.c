/* SPDX-License-Identifier: Apache-2.0
 *
 * A value so wide that only its spills fill the native stack: more than the verifier lets a frame have.
 *
 * expect: refused: a frame of more than
 * expect in pointer: contained
 */
#include "attack.h"

typedef uint64_t wide __attribute__((vector_size(8192)));
static wide a, b, c;
__attribute__((noinline)) static void mix(wide *x, wide *y, wide *z)
{
	wide p = *x, q = *y, r = *z;

	fp_now();
	*x = q * r;
	fp_now();
	*y = p + r;
	*z = p ^ q;
}
void attack(struct fp_batch *batch)
{
	(void)batch;
	mix(&a, &b, &c);
}
