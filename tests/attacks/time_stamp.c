/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads the time stamp counter.
 *
 * expect: refused: llvm.
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	batch->packet[0].timestamp = __builtin_readcyclecounter();
}
