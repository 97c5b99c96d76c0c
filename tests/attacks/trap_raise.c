/* SPDX-License-Identifier: Apache-2.0
 *
 * A signal.
 *
 * expect: refused: raise
 */
#include <signal.h>

#include "attack.h"
void attack(struct fp_batch *batch)
{
	raise((int)batch->count);
}
