/* SPDX-License-Identifier: Apache-2.0
 *
 * Ends of an NF by its own will: a line in the log, then a trap that the host contains like a fault.
 */
#include "library.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

FP_NOINLINE _Noreturn void fp_fatal(const char *reason)
{
	fp_stream_flush();
	fp_log(FP_ERROR, reason, strlen(reason));
	__fp_abort();
}

_Noreturn void abort(void)
{
	fp_fatal("abort() was called");
}

static void append_number(char *text, size_t room, int number)
{
	char digits[12];
	char *at = digits + sizeof(digits);

	*--at = '\0';
	for (unsigned rest = (unsigned)number; rest || !*at; rest /= 10)
		*--at = (char)('0' + rest % 10);
	strlcat(text, at, room);
}

/* Not with snprintf(): an assertion alone should not link the whole formatter into a module. */
_Noreturn void __assert_fail(const char *expression, const char *file, int line, const char *function)
{
	char text[512];

	strlcpy(text, file, sizeof(text));
	strlcat(text, ":", sizeof(text));
	append_number(text, sizeof(text), line);
	strlcat(text, ": ", sizeof(text));
	strlcat(text, function, sizeof(text));
	strlcat(text, ": assertion failed: ", sizeof(text));
	strlcat(text, expression, sizeof(text));
	fp_fatal(text);
}
