/* SPDX-License-Identifier: Apache-2.0
 *
 * The linker's symbol for the arena.
 *
 * expect: refused: not defined
 * flags: -isystem HERE/parts
 */
#include "attack.h"
#define ARENA
#include <system_labels.h>
void attack(struct fp_batch *batch)
{
	arena[opaque(0)] = (char)batch->count;
}
