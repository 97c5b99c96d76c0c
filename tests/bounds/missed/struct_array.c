/* SPDX-License-Identifier: Apache-2.0
 *
 * Past the end of an array of structures; inside, a structure may reach into the next.
 *
 * report: write of 4 bytes at offset 96 of a 96-byte variable `rules`
 */
#include "program.h"

struct rule {
	unsigned words[2];
	unsigned hits;
};
static struct rule rules[8];

static void run(struct fp_batch *batch)
{
	(void)batch;
	rules[2 + zero].words[3 + zero] = 1;
	rules[8 + zero].words[zero] = 1; /* HERE */
	sink = rules[0].hits;
}
