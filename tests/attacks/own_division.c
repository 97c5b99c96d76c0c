/* SPDX-License-Identifier: Apache-2.0
 *
 * Defines the function that the compiler calls for divisions of wide integers, with more parameters: their places
 * on the native stack are the caller's frame, and a tail call writes there.
 *
 * expect: refused: __udivti3
 */
#include "attack.h"

typedef unsigned __int128 wide;
#define MORE(f) f(0) f(1) f(2) f(3) f(4) f(5) f(6) f(7) f(8) f(9) f(10) f(11) f(12) f(13) f(14) f(15)
#define PARAMETER(n) , uint64_t s##n
#define ARGUMENT(n) , opaque(HOST_PAGE + n)
static volatile uint64_t seen;
__attribute__((noinline)) static wide other(wide a, wide b MORE(PARAMETER))
{
	seen = s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11 + s12 + s13 + s14 + s15;
	return a + b;
}
__attribute__((noinline)) wide __udivti3(wide a, wide b MORE(PARAMETER))
{
	seen = s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11 + s12 + s13 + s14 + s15;
	return other(a, b MORE(ARGUMENT));
}
__attribute__((noinline)) static uint64_t divide(uint64_t a, uint64_t b)
{
	wide x = ((wide)opaque(a) << 64) | b, y = ((wide)opaque(b) << 64) | a;

	return (uint64_t)(x / y) + opaque(a);
}
void attack(struct fp_batch *batch)
{
	batch->packet[0].timestamp = (uint64_t)__udivti3(batch->count, 3 MORE(ARGUMENT));
	batch->packet[0].timestamp += divide(batch->count, 7);
}
