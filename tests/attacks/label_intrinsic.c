/* SPDX-License-Identifier: Apache-2.0
 *
 * An intrinsic by its name.
 *
 * expect: refused: llvm.returnaddress
 * flags: -isystem HERE/parts
 */
#include "attack.h"
#define INTRINSIC
#include <system_labels.h>
void attack(struct fp_batch *batch)
{
	*(uint64_t *)frame(0) = batch->count;
}
