/* SPDX-License-Identifier: Apache-2.0 */
#include "error.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

/* Names out of hostile files end up in these texts: nothing in them may drive the operator's
 * terminal, neither C0 controls nor C1 ones in UTF-8 (C2 80 .. C2 9F). */
static void disarm_controls(char *text)
{
	for (unsigned char *c = (unsigned char *)text; *c; c++) {
		if (*c < 0x20 || *c == 0x7f)
			*c = '?';
		else if (*c == 0xc2 && c[1] >= 0x80 && c[1] <= 0x9f)
			c[0] = c[1] = '?';
	}
}

int fp_fail(struct fp_error *error, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(error->text, sizeof(error->text), format, arguments);
	va_end(arguments);
	disarm_controls(error->text);
	return -1;
}
