/* SPDX-License-Identifier: Apache-2.0 */
#include <fastpaas/nf.h>

#define EARLY __attribute__((constructor))
#define VERY_EARLY EARLY static

__attribute__((constructor)) static void one(void) // expect: a function that runs without being called
{
}

[[gnu::destructor]] static void two(void) // expect: a function that runs without being called
{
}

EARLY static void three(void) // expect: a function that runs without being called
{
}

VERY_EARLY void four(void) // expect: a function that runs without being called
{
}

#pragma clang attribute push(__attribute__((constructor)), apply_to = function) // expect: a function that runs
static void five(void)
{
}
#pragma clang attribute pop

void process(struct fp_batch *batch)
{
	batch->packet[0].gate = 1;
	one(), two(), three(), four(), five();
}
