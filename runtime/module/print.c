/* SPDX-License-Identifier: Apache-2.0
 *
 * The printf family: formatting into strings, streams and the log.
 */
#include "format.h"

#include <limits.h>
#include <string.h>

FP_SMALL_BEGIN

int vsnprintf(char *restrict to, size_t room, const char *restrict format, va_list arguments)
{
	struct fp_sink sink = {.to = to, .room = room ? room - 1 : 0};
	int len = fp_format(&sink, format, arguments);

	if (room)
		to[sink.total < room - 1 ? sink.total : room - 1] = '\0';
	return len;
}

int snprintf(char *restrict to, size_t room, const char *restrict format, ...)
{
	va_list arguments;
	int len;

	va_start(arguments, format);
	len = vsnprintf(to, room, format, arguments);
	va_end(arguments);
	return len;
}

int vsprintf(char *restrict to, const char *restrict format, va_list arguments)
{
	return vsnprintf(to, (size_t)INT_MAX + 1, format, arguments);
}

int sprintf(char *restrict to, const char *restrict format, ...)
{
	va_list arguments;
	int len;

	va_start(arguments, format);
	len = vsprintf(to, format, arguments);
	va_end(arguments);
	return len;
}

int vfprintf(FILE *restrict file, const char *restrict format, va_list arguments)
{
	struct fp_sink sink = {.file = file};

	return fp_format(&sink, format, arguments);
}

int fprintf(FILE *restrict file, const char *restrict format, ...)
{
	va_list arguments;
	int len;

	va_start(arguments, format);
	len = vfprintf(file, format, arguments);
	va_end(arguments);
	return len;
}

int vprintf(const char *restrict format, va_list arguments)
{
	return vfprintf(stdout, format, arguments);
}

int printf(const char *restrict format, ...)
{
	va_list arguments;
	int len;

	va_start(arguments, format);
	len = vprintf(format, arguments);
	va_end(arguments);
	return len;
}

void fp_logf(int level, const char *format, ...)
{
	char text[FP_LINE_MAX];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	fp_log(level, text, strlen(text));
}

FP_END
