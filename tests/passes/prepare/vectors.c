/* SPDX-License-Identifier: Apache-2.0
 *
 * The integer instructions of SSE and AVX2 by their intrinsics, on changing vectors: what each makes of them is mixed
 * into one number, the same in every build.
 */
#include <immintrin.h>
#include <stdint.h>
#include <string.h>

extern uint64_t checksum, reported;

static void mix(uint64_t value)
{
	checksum = (checksum ^ value) * 0x100000001b3 + 17;
	reported++;
}

static void mix_vector(__m256i value)
{
	uint64_t words[4];

	memcpy(words, &value, sizeof(words));
	for (int i = 0; i < 4; i++)
		mix(words[i]);
}

static __m256i next(void)
{
	static uint64_t state = 0x9e3779b97f4a7c15;
	uint64_t words[4];

	for (int i = 0; i < 4; i++) {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		words[i] = state;
	}
	return _mm256_loadu_si256((void *)words);
}

#define LOW(v) _mm256_castsi256_si128(v)
#define WIDE(v) _mm256_castsi128_si256(v)
#define ONE(name) mix_vector(_mm256_##name(a)), mix_vector(_mm256_zextsi128_si256(_mm_##name(LOW(a))))
#define TWO(name) mix_vector(_mm256_##name(a, b)), mix_vector(_mm256_zextsi128_si256(_mm_##name(LOW(a), LOW(b))))
#define SHIFT(name)                                                                                                    \
	(mix_vector(_mm256_##name(a, count)), mix_vector(_mm256_zextsi128_si256(_mm_##name(LOW(a), count))))
#define SHIFT_BY(name, n)                                                                                              \
	(mix_vector(_mm256_##name(a, n)), mix_vector(_mm256_zextsi128_si256(_mm_##name(LOW(a), n))))

__attribute__((noinline)) static void shifts(__m256i a, __m256i b, int n)
{
	__m128i count = _mm_cvtsi32_si128(n);

	SHIFT(sll_epi16), SHIFT(sll_epi32), SHIFT(sll_epi64), SHIFT(srl_epi16), SHIFT(srl_epi32), SHIFT(srl_epi64);
	SHIFT(sra_epi16), SHIFT(sra_epi32);
	SHIFT_BY(slli_epi16, n), SHIFT_BY(slli_epi32, n), SHIFT_BY(slli_epi64, n), SHIFT_BY(srli_epi16, n);
	SHIFT_BY(srli_epi32, n), SHIFT_BY(srli_epi64, n), SHIFT_BY(srai_epi16, n), SHIFT_BY(srai_epi32, n);
	TWO(sllv_epi32), TWO(sllv_epi64), TWO(srlv_epi32), TWO(srlv_epi64), TWO(srav_epi32);
}

__attribute__((noinline)) static void sums(__m256i a, __m256i b)
{
	TWO(maddubs_epi16), TWO(madd_epi16), TWO(mulhrs_epi16), TWO(mulhi_epi16), TWO(mulhi_epu16), TWO(mul_epu32);
	TWO(mul_epi32), TWO(mullo_epi32), TWO(sad_epu8), TWO(avg_epu8), TWO(avg_epu16);
	TWO(hadd_epi16), TWO(hadd_epi32), TWO(hadds_epi16), TWO(hsub_epi16), TWO(hsub_epi32), TWO(hsubs_epi16);
	TWO(sign_epi8), TWO(sign_epi16), TWO(sign_epi32), TWO(adds_epi8), TWO(adds_epu16), TWO(subs_epu8), TWO(subs_epi16);
	ONE(abs_epi8), ONE(abs_epi32);
	mix_vector(_mm256_mpsadbw_epu8(a, b, 5));
	mix_vector(_mm256_zextsi128_si256(_mm_mpsadbw_epu8(LOW(a), LOW(b), 3)));
	mix_vector(_mm256_zextsi128_si256(_mm_minpos_epu16(LOW(a))));
}

__attribute__((noinline)) static void moves(__m256i a, __m256i b)
{
	TWO(packs_epi16), TWO(packs_epi32), TWO(packus_epi16), TWO(packus_epi32), TWO(shuffle_epi8), TWO(unpackhi_epi8);
	mix_vector(_mm256_blendv_epi8(a, b, _mm256_xor_si256(a, b)));
	mix_vector(_mm256_zextsi128_si256(_mm_blendv_epi8(LOW(a), LOW(b), LOW(_mm256_xor_si256(a, b)))));
	mix_vector(_mm256_permutevar8x32_epi32(a, b));
	mix((uint32_t)_mm256_movemask_epi8(a) + (uint32_t)_mm_movemask_epi8(LOW(b)));
	mix((unsigned)(_mm256_testz_si256(a, b) + 2 * _mm256_testc_si256(a, b) + 4 * _mm256_testnzc_si256(a, b)));
	mix((unsigned)(_mm_testz_si128(LOW(a), LOW(b)) + 2 * _mm_testc_si128(LOW(a), LOW(b))));
	mix((unsigned)_mm_testnzc_si128(LOW(a), LOW(b)));
	mix(_mm_crc32_u64((uint32_t)_mm_cvtsi128_si32(LOW(a)), (uint64_t)_mm_cvtsi128_si64(LOW(b))));
	mix((unsigned)_mm_cmpestri(LOW(a), 9, LOW(b), 11, _SIDD_CMP_EQUAL_ANY));
	mix(_pext_u64((uint64_t)_mm_cvtsi128_si64(LOW(a)), (uint64_t)_mm_cvtsi128_si64(LOW(b))));
	mix(_pdep_u64((uint64_t)_mm_cvtsi128_si64(LOW(a)), (uint64_t)_mm_cvtsi128_si64(LOW(b))));
}

int generated_main(void)
{
	for (int i = 0; i < 40; i++) {
		__m256i a = next(), b = next();

		shifts(a, _mm256_and_si256(b, _mm256_set1_epi32(63)), i);
		sums(a, b);
		moves(a, b);
	}
	return 0;
}
