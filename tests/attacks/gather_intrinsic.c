/* SPDX-License-Identifier: Apache-2.0
 *
 * Loads from eight addresses at once.
 *
 * expect: refused: llvm.x86
 */
#include <immintrin.h>

#include "attack.h"
void attack(struct fp_batch *batch)
{
	__m256i found = _mm256_i32gather_epi32(wild(HOST_PAGE), _mm256_set1_epi32((int)batch->count), 4);

	tell((uint64_t)_mm256_extract_epi64(found, 0));
}
