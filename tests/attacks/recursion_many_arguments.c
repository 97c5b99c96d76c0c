/* SPDX-License-Identifier: Apache-2.0
 *
 * Arguments on the native stack, many of them.
 *
 * expect: fault native stack exhausted
 */
#include "attack.h"

#define TEN(x) x, x, x, x, x, x, x, x, x, x
#define HUNDRED(x) TEN(x), TEN(x), TEN(x), TEN(x), TEN(x), TEN(x), TEN(x), TEN(x), TEN(x), TEN(x)
#define P10(n) long a##n##0, long a##n##1, long a##n##2, long a##n##3, long a##n##4, long a##n##5, long a##n##6, long a##n##7, long a##n##8, long a##n##9
#define P100(n) P10(n##0), P10(n##1), P10(n##2), P10(n##3), P10(n##4), P10(n##5), P10(n##6), P10(n##7), P10(n##8), P10(n##9)
#define P1000 P100(0), P100(1), P100(2), P100(3), P100(4), P100(5), P100(6), P100(7), P100(8), P100(9)
static volatile long seen;
__attribute__((noinline)) static long down(long n, P1000)
{
	seen = a999 + a501;
	return n == -1 ? 0 : down(n + 1, HUNDRED(n), HUNDRED(seen), HUNDRED(n), HUNDRED(n), HUNDRED(n), HUNDRED(n), HUNDRED(n), HUNDRED(n), HUNDRED(n), HUNDRED(seen)) + seen;
}
void attack(struct fp_batch *batch)
{
	long n = batch->count;

	seen = down(n, HUNDRED(n), HUNDRED(n), HUNDRED(n), HUNDRED(n), HUNDRED(n), HUNDRED(n), HUNDRED(n), HUNDRED(n), HUNDRED(n), HUNDRED(n));
}
