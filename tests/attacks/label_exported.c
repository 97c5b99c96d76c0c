/* SPDX-License-Identifier: Apache-2.0
 *
 * Another function under the name of an entry point.
 *
 * expect: refused: asm label
 * flags: -isystem HERE/parts
 */
#include "attack.h"
#define FINI
#include <system_labels.h>
int mine(uint64_t *place)
{
	*place = 5;
	return 1;
}
void attack(struct fp_batch *batch)
{
	batch->reserved = 1;
}
