/* SPDX-License-Identifier: Apache-2.0
 *
 * Searches that may look further than they have to, by what they are told.
 */
#include "program.h"

static char text[6] = "needle";

static void run(struct fp_batch *batch)
{
	(void)batch;
	text[zero] = 'n';
	sink = (unsigned long)memchr(text, 'e', 1000 + zero);
	sink = strnlen(text + zero, sizeof(text));
	sink = (unsigned long)strncmp(text, "needless", 6 + zero);
}
