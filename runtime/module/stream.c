/* SPDX-License-Identifier: Apache-2.0
 *
 * stdout and stderr as lines of the log.
 */
#include "stream.h"

#include <string.h>

static FILE out = {.level = FP_INFO};
static FILE err = {.level = FP_WARNING};

/* The names are macros in the header as well. */
#undef stdout
#undef stderr
FILE *const stdout = &out;
FILE *const stderr = &err;

static void end_line(FILE *file)
{
	fp_log(file->level, file->line, file->used);
	file->used = 0;
}

static void append(FILE *file, const char *text, size_t len)
{
	while (len) {
		size_t room = FP_LINE_MAX - file->used;
		size_t taken = len < room ? len : room;

		memcpy(file->line + file->used, text, taken);
		file->used += taken;
		text += taken;
		len -= taken;
		if (file->used == FP_LINE_MAX)
			end_line(file);
	}
}

void fp_stream_write(FILE *file, const char *text, size_t len)
{
	const char *newline;

	while ((newline = memchr(text, '\n', len))) {
		size_t line = (size_t)(newline - text);

		append(file, text, line);
		end_line(file);
		text += line + 1;
		len -= line + 1;
	}
	append(file, text, len);
}

static void flush(FILE *file)
{
	if (file->used)
		end_line(file);
}

void fp_stream_flush(void)
{
	flush(&out);
	flush(&err);
}

int fflush(FILE *file)
{
	if (file)
		flush(file);
	else
		fp_stream_flush();
	return 0;
}

size_t fwrite(const void *restrict items, size_t size, size_t count, FILE *restrict file)
{
	size_t bytes;

	if (__builtin_mul_overflow(size, count, &bytes) || !bytes)
		return 0;
	fp_stream_write(file, items, bytes);
	return count;
}

int fputs(const char *restrict text, FILE *restrict file)
{
	fp_stream_write(file, text, strlen(text));
	return 0;
}

int fputc(int c, FILE *file)
{
	char byte = (char)c;

	fp_stream_write(file, &byte, 1);
	return (unsigned char)c;
}

int putc(int c, FILE *file)
{
	return fputc(c, file);
}

int putchar(int c)
{
	return fputc(c, &out);
}

int puts(const char *text)
{
	fputs(text, &out);
	fputc('\n', &out);
	return 0;
}
