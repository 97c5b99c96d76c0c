/* SPDX-License-Identifier: Apache-2.0
 *
 * Changes the host's floating-point control.
 *
 * expect: refused: mxcsr
 */
#include <xmmintrin.h>

#include "attack.h"
void attack(struct fp_batch *batch)
{
	_mm_setcsr(batch->count);
}
