/* SPDX-License-Identifier: Apache-2.0
 *
 * A function of the host's C library.
 *
 * expect: refused: system
 * flags: -isystem HERE/parts
 */
#include "attack.h"
#define LIBC
#include <system_labels.h>
void attack(struct fp_batch *batch)
{
	run_command((const char *)batch);
}
