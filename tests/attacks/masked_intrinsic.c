/* SPDX-License-Identifier: Apache-2.0
 *
 * A masked store with every bit set.
 *
 * expect: refused: llvm.x86
 */
#include <immintrin.h>

#include "attack.h"
void attack(struct fp_batch *batch)
{
	_mm256_maskstore_epi32(wild(HOST_PAGE), _mm256_set1_epi32(-(int)batch->count), _mm256_set1_epi32(1));
}
