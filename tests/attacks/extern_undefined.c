/* SPDX-License-Identifier: Apache-2.0
 *
 * A variable of the host's C library.
 *
 * expect: refused: not defined
 */
#include "attack.h"

extern char **environ;
void attack(struct fp_batch *batch)
{
	environ[0] = (char *)batch;
}
