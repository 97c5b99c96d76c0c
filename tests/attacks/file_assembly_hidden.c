/* SPDX-License-Identifier: Apache-2.0
 *
 * The same outside functions.
 *
 * expect: refused: assembly
 * flags: -isystem HERE/parts
 */
#include "attack.h"
#define FILE_SCOPE
#include <system_assembly.h>
void attack(struct fp_batch *batch)
{
	(void)batch;
}
