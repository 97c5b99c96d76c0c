/* SPDX-License-Identifier: Apache-2.0
 *
 * A store whose address is in no operand.
 *
 * expect: refused: llvm.x86
 * flags: -march=x86-64-v2
 */
#include <emmintrin.h>

#include "attack.h"
void attack(struct fp_batch *batch)
{
	_mm_maskmoveu_si128(_mm_set1_epi8(1), _mm_set1_epi8((char)batch->count), wild(HOST_PAGE));
}
