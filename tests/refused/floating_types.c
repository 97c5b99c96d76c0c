/* SPDX-License-Identifier: Apache-2.0 */
#include <fastpaas/nf.h>

static long double average; // expect: long double arithmetic uses the x87 unit
static _Float16 half; // expect: arithmetic of this type needs run-time functions
static _Complex double root; // expect: arithmetic of this type needs run-time functions
static long double history[4]; // expect: long double arithmetic uses the x87 unit

void process(struct fp_batch *batch)
{
	double x = batch->count * 1.5L; // expect: long double arithmetic uses the x87 unit

	batch->packet[0].gate = (uint16_t)x;
	average += 1;
	history[0] = average;
	half = 0;
	root = 0;
}
