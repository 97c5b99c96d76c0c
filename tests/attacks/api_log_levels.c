/* SPDX-License-Identifier: Apache-2.0
 *
 * Levels that do not exist, and text that is none.
 *
 * expect: fault api
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	static const char text[] = "\x1b]0;owned\x07 \xf0\x9f\x98 \xed\xa0\x80 \0 {\"event\":\"done\"}\n{\"event\":\"done\"}\n";

	fp_log(-1, text, sizeof(text)); /* HERE */
	fp_log(99, text, sizeof(text));
	fp_log((int)opaque(0x80000000), text, sizeof(text));
	batch->packet[0].gate = 0;
}
