/* SPDX-License-Identifier: Apache-2.0 */
#include "hex_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void show_line(const char *digits, void (*show)(const uint8_t *bytes, size_t len))
{
	size_t len = strspn(digits, "0123456789abcdef") / 2;
	uint8_t *bytes = malloc(len);

	for (size_t i = 0; i < len; i++)
		sscanf(digits + 2 * i, "%2hhx", &bytes[i]);
	show(bytes, len);
	free(bytes);
}

int for_each_hex_line(void (*show)(const uint8_t *bytes, size_t len))
{
	static char digits[65536];

	while (fgets(digits, sizeof(digits), stdin))
		show_line(digits, show);
	return ferror(stdin) != 0;
}
