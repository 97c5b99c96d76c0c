/* SPDX-License-Identifier: Apache-2.0
 *
 * Inline assembly in a header that says it is the system's.
 *
 * expect: refused: inline assembly
 * flags: -isystem HERE/parts
 */
#include "attack.h"
#include <system_assembly.h>
void attack(struct fp_batch *batch)
{
	system_exit((int)batch->count);
}
