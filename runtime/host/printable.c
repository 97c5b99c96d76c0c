/* SPDX-License-Identifier: Apache-2.0 */
#include "printable.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Bytes of the UTF-8 character at `text`, 0 if it is none (RFC 3629: shortest form, no surrogates, at
 * most U+10FFFF). */
static size_t character_bytes(const uint8_t *text, size_t len)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t bytes = text[0] < 0x80 ? 1 : text[0] >> 5 == 6 ? 2 : text[0] >> 4 == 14 ? 3 : text[0] >> 3 == 30 ? 4 : 0;
	uint32_t code;

	if (bytes == 0 || bytes > len)
		return 0;
	code = bytes == 1 ? text[0] : text[0] & (0x7fu >> bytes);
	for (size_t i = 1; i < bytes; i++) {
		if (text[i] >> 6 != 2)
			return 0;
		code = code << 6 | (text[i] & 0x3f);
	}
	if (code < least[bytes] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
		return 0;
	return bytes;
}

static bool is_control(const uint8_t *text, size_t bytes)
{
	if (bytes == 1)
		return text[0] < 0x20 || text[0] == 0x7f;
	return bytes == 2 && text[0] == 0xc2 && text[1] < 0xa0;
}

static char *escape(char *to, uint8_t byte)
{
	static const char digits[] = "0123456789abcdef";

	*to++ = '\\';
	*to++ = 'x';
	*to++ = digits[byte >> 4];
	*to++ = digits[byte & 15];
	return to;
}

void fp_printable(char *to, const char *text, size_t len)
{
	const uint8_t *at = (const uint8_t *)text, *end = at + len;

	while (at < end) {
		size_t bytes = character_bytes(at, (size_t)(end - at));

		if (bytes == 0 || is_control(at, bytes)) {
			to = escape(to, *at++);
			continue;
		}
		memcpy(to, at, bytes);
		to += bytes;
		at += bytes;
	}
	*to = 0;
}
