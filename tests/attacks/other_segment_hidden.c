/* SPDX-License-Identifier: Apache-2.0
 *
 * The same in a header that says it is the system's.
 *
 * expect: refused: address space
 * flags: -isystem HERE/parts
 */
#include "attack.h"
#define SEGMENT
#include <system_labels.h>
void attack(struct fp_batch *batch)
{
	*(volatile fs_word *)opaque(0) = batch->count;
}
