/* SPDX-License-Identifier: Apache-2.0
 *
 * Pointers that were integers for a while.
 */
#include "program.h"

static unsigned long kept[2];
static unsigned table[8];

static void run(struct fp_batch *batch)
{
	(void)batch;
	kept[zero] = (unsigned long)&table[4] ^ 1;
	*(unsigned *)(kept[zero] ^ 1) = 1;
	sink = ((unsigned *)((unsigned long)table & ~7ul))[1 + zero];
}
