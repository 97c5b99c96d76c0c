/* SPDX-License-Identifier: Apache-2.0
 *
 * What the programs of tests/bounds share. Each has a function run() that is called once for each batch.
 */
#ifndef TESTS_BOUNDS_PROGRAM_H
#define TESTS_BOUNDS_PROGRAM_H

#include <stdlib.h>
#include <string.h>

#include <fastpaas/nf.h>

#define APART __attribute__((noinline))

/* The optimiser does not know its value. */
static volatile unsigned zero;

/* Keeps what is computed. */
static volatile unsigned long sink;

static void run(struct fp_batch *batch);

void process(struct fp_batch *batch)
{
	run(batch);
}

#endif
