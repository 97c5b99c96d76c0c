/* SPDX-License-Identifier: Apache-2.0
 *
 * Text to integer, all bases. Every variant is one scan with its own limits.
 */
#include "library.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>

/* A scanned number: |value| saturated at 2^64 - 1. */
struct scanned {
	uint64_t magnitude;
	bool negative;
	bool overflow;
};

static unsigned digit_value(char c)
{
	if (isdigit(c))
		return (unsigned)(c - '0');
	return isalpha(c) ? (unsigned)((c | 32) - 'a') + 10 : 255;
}

/* Skips a "0x" that belongs to the number, settling a base of 0. */
static const char *skip_prefix(const char *at, int *base)
{
	bool hex = at[0] == '0' && (at[1] | 32) == 'x' && digit_value(at[2]) < 16;

	if (!*base)
		*base = hex ? 16 : *at == '0' ? 8 : 10;
	return hex && *base == 16 ? at + 2 : at;
}

static const char *scan_digits(const char *at, unsigned base, struct scanned *number)
{
	unsigned digit;

	for (; (digit = digit_value(*at)) < base; at++) {
		uint64_t product;

		number->overflow |= __builtin_mul_overflow(number->magnitude, (uint64_t)base, &product);
		number->overflow |= __builtin_add_overflow(product, (uint64_t)digit, &number->magnitude);
	}
	return at;
}

static struct scanned scan(const char *text, char **end, int base)
{
	struct scanned number = {0};
	const char *at = text;
	const char *digits;

	if (base < 0 || base == 1 || base > 36) {
		errno = EINVAL;
		return number;
	}
	while (isspace(*at))
		at++;
	number.negative = *at == '-';
	digits = skip_prefix(at + (*at == '-' || *at == '+'), &base);
	at = scan_digits(digits, (unsigned)base, &number);
	if (end)
		*end = (char *)(at == digits ? text : at);
	return number;
}

long long strtoll(const char *restrict text, char **restrict end, int base)
{
	struct scanned number = scan(text, end, base);
	uint64_t limit = (uint64_t)LLONG_MAX + number.negative;

	if (number.overflow || number.magnitude > limit) {
		errno = ERANGE;
		return number.negative ? LLONG_MIN : LLONG_MAX;
	}
	return (long long)(number.negative ? -number.magnitude : number.magnitude);
}

unsigned long long strtoull(const char *restrict text, char **restrict end, int base)
{
	struct scanned number = scan(text, end, base);

	if (number.overflow) {
		errno = ERANGE;
		return ULLONG_MAX;
	}
	return number.negative ? -number.magnitude : number.magnitude;
}

long strtol(const char *restrict text, char **restrict end, int base)
{
	return (long)strtoll(text, end, base);
}

unsigned long strtoul(const char *restrict text, char **restrict end, int base)
{
	return (unsigned long)strtoull(text, end, base);
}

intmax_t strtoimax(const char *restrict text, char **restrict end, int base)
{
	return strtoll(text, end, base);
}

uintmax_t strtoumax(const char *restrict text, char **restrict end, int base)
{
	return strtoull(text, end, base);
}

int atoi(const char *text)
{
	return (int)strtoll(text, NULL, 10);
}

long atol(const char *text)
{
	return (long)strtoll(text, NULL, 10);
}

long long atoll(const char *text)
{
	return strtoll(text, NULL, 10);
}
