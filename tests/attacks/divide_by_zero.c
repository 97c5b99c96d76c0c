/* SPDX-License-Identifier: Apache-2.0
 *
 * By zero.
 *
 * expect: fault arithmetic
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	batch->packet[0].timestamp = batch->count / opaque(0); /* HERE */
}
