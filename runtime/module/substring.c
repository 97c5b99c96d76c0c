/* SPDX-License-Identifier: Apache-2.0
 *
 * Substring search in linear time whatever the input: the Two-Way algorithm (Crochemore and Perrin,
 * "Two-way string-matching", JACM 38(3), 1991). A quadratic search over payloads is an attack surface.
 */
#include "library.h"

#include <string.h>

/* A needle and how its bytes compare. */
struct pattern {
	const unsigned char *text;
	size_t len;
	bool any_case;
	size_t cut;    /* critical factorisation: text[0..cut) and text[cut..len) */
	size_t period; /* of text[cut..len) */
};

static unsigned char folded(unsigned char byte, bool any_case)
{
	return any_case && byte - 'A' < 26u ? byte + ('a' - 'A') : byte;
}

static unsigned char letter(const struct pattern *pattern, size_t i)
{
	return folded(pattern->text[i], pattern->any_case);
}

/* Start of the greatest suffix under the byte order, or under its reverse; `period` is the suffix's. */
static size_t greatest_suffix(const struct pattern *pattern, bool reversed, size_t *period)
{
	size_t best = 0, candidate = 1, k = 0;

	*period = 1;
	while (candidate + k < pattern->len) {
		unsigned char a = letter(pattern, candidate + k);
		unsigned char b = letter(pattern, best + k);

		if (a == b) {
			bool whole = k + 1 == *period;

			candidate += whole ? *period : 0;
			k = whole ? 0 : k + 1;
		} else if ((a < b) != reversed) {
			candidate += k + 1;
			k = 0;
			*period = candidate - best;
		} else {
			best = candidate++;
			k = 0;
			*period = 1;
		}
	}
	return best;
}

static void factorise(struct pattern *pattern)
{
	size_t period, reversed_period;
	size_t cut = greatest_suffix(pattern, false, &period);
	size_t reversed_cut = greatest_suffix(pattern, true, &reversed_period);

	pattern->cut = cut > reversed_cut ? cut : reversed_cut;
	pattern->period = cut > reversed_cut ? period : reversed_period;
}

/* Whether text[0..cut) occurs again one period later, so the whole needle has this period. */
static bool is_periodic(const struct pattern *pattern)
{
	if (pattern->cut + pattern->period > pattern->len)
		return false;
	for (size_t i = 0; i < pattern->cut; i++)
		if (letter(pattern, i) != letter(pattern, i + pattern->period))
			return false;
	return true;
}

static size_t match_right(const struct pattern *pattern, const unsigned char *at, size_t from)
{
	size_t i = from;

	while (i < pattern->len && letter(pattern, i) == folded(at[i], pattern->any_case))
		i++;
	return i;
}

static size_t match_left(const struct pattern *pattern, const unsigned char *at, size_t down_to)
{
	size_t i = pattern->cut;

	while (i > down_to && letter(pattern, i - 1) == folded(at[i - 1], pattern->any_case))
		i--;
	return i;
}

static const unsigned char *two_way(const struct pattern *pattern, const unsigned char *hay, size_t len)
{
	bool periodic = is_periodic(pattern);
	size_t rest = pattern->len - pattern->cut;
	size_t jump = periodic ? pattern->period : (pattern->cut > rest ? pattern->cut : rest) + 1;
	size_t known = 0; /* bytes at the needle's start known to match after a jump by its period */
	size_t at = 0;

	while (at <= len - pattern->len) {
		size_t right = match_right(pattern, hay + at, known > pattern->cut ? known : pattern->cut);

		if (right < pattern->len) {
			at += right - pattern->cut + 1;
			known = 0;
			continue;
		}
		if (match_left(pattern, hay + at, known) <= known)
			return hay + at;
		at += jump;
		known = periodic ? pattern->len - pattern->period : 0;
	}
	return NULL;
}

static void *find(const void *hay, size_t len, struct pattern pattern)
{
	if (!pattern.len)
		return (void *)hay;
	if (pattern.len > len)
		return NULL;
	factorise(&pattern);
	return (void *)two_way(&pattern, hay, len);
}

void *memmem(const void *hay, size_t len, const void *needle, size_t needle_len)
{
	const unsigned char *first;

	if (!needle_len || needle_len > len)
		return needle_len ? NULL : (void *)hay;
	/* The host's memchr skips most of a payload faster than anything here could. */
	first = memchr(hay, *(const unsigned char *)needle, len - needle_len + 1);
	if (!first || needle_len == 1)
		return (void *)first;
	len -= (size_t)(first - (const unsigned char *)hay);
	return find(first, len, (struct pattern){.text = needle, .len = needle_len});
}

char *strstr(const char *hay, const char *needle)
{
	return memmem(hay, strlen(hay), needle, strlen(needle));
}

char *strcasestr(const char *hay, const char *needle)
{
	struct pattern pattern = {.text = (const void *)needle, .len = strlen(needle), .any_case = true};

	return find(hay, strlen(hay), pattern);
}
