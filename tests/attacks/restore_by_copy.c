/* SPDX-License-Identifier: Apache-2.0
 *
 * Copies that overlap.
 *
 * expect: survives
 */
#include "attack.h"

static char text[1000];
void attack(struct fp_batch *batch)
{
	for (unsigned i = 0; i < 1000; i++)
		text[i] = (char)i;
	memcpy(text + 1, text, opaque(900));
	memcpy(text, text + 3, opaque(900));
	memmove(text + 100, text, opaque(800));
	memcpy(text + 8, text, 64);
	batch->packet[0].gate = 0;
}
