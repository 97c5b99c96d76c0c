/* SPDX-License-Identifier: Apache-2.0
 *
 * A sanitizer needs its library.
 *
 * expect: refused: sanitizer
 * flags: -fsanitize=undefined
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	batch->packet[0].len = batch->count * 3;
}
