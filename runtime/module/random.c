/* SPDX-License-Identifier: Apache-2.0
 *
 * Pseudo-random numbers: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). Not for secrets; the sequence
 * of a seed is the same on every run.
 */
#include "library.h"

#include <stdlib.h>

static uint64_t state = 1;

static int next(uint64_t *from)
{
	uint64_t z = *from += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (int)(z >> 33);
}

int rand(void)
{
	return next(&state);
}

void srand(unsigned seed)
{
	state = seed;
}

/* The caller's state has 32 bits: mix it, and step it by an odd constant so that it visits all. */
int rand_r(unsigned *seed)
{
	uint64_t wide = *seed;

	*seed += 0x9e3779b9u;
	return next(&wide);
}

long random(void)
{
	return next(&state);
}

void srandom(unsigned seed)
{
	state = seed;
}
