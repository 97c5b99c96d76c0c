/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading an argument file: lines of words, `#` starts a comment. Errors name the line; whoever finds
 * one returns -1, and init() passes it on, so a module never starts on a file it half understood.
 */
#ifndef EXAMPLES_ARGFILE_H
#define EXAMPLES_ARGFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <fastpaas/nf.h>

struct arg_word {
	const char *text; /* not terminated */
	size_t len;
};

struct arg_line {
	struct arg_word rest; /* what next_word() has not taken yet */
	unsigned number;      /* counts from 1 */
};

struct arg_file {
	struct arg_word rest;
	unsigned lines; /* read so far */
};

static inline struct arg_file open_args(const struct fp_args *args)
{
	return (struct arg_file){ .rest = { args->text, args->len } };
}

static inline int arg_error(const struct arg_line *line, const char *reason)
{
	fp_logf(FP_ERROR, "argument file, line %u: %s", line->number, reason);
	return -1;
}

static inline int arg_error_word(const struct arg_line *line, const char *reason, struct arg_word word)
{
	fp_logf(FP_ERROR, "argument file, line %u: %s: '%.*s'", line->number, reason,
		word.len < 64 ? (int)word.len : 64, word.text);
	return -1;
}

/* The next line, empty or not; false at the end of the file. */
static inline bool next_line(struct arg_file *file, struct arg_line *line)
{
	const char *end;
	size_t taken;

	if (file->rest.len == 0)
		return false;
	end = memchr(file->rest.text, '\n', file->rest.len);
	taken = end ? (size_t)(end - file->rest.text) : file->rest.len;
	*line = (struct arg_line){ .rest = { file->rest.text, taken }, .number = ++file->lines };
	taken += end != NULL;
	file->rest.text += taken;
	file->rest.len -= taken;
	return true;
}

static inline bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Takes the next word off the line; false if only blanks and a comment are left. */
static inline bool next_word(struct arg_line *line, struct arg_word *word)
{
	const char *text = line->rest.text;
	size_t len = line->rest.len, start = 0, end;

	while (start < len && is_blank(text[start]))
		start++;
	for (end = start; end < len && !is_blank(text[end]) && text[end] != '#'; end++)
		;
	*word = (struct arg_word){ text + start, end - start };
	line->rest = (struct arg_word){ text + end, len - end };
	return end > start;
}

/* Takes exactly `count` words, neither fewer nor more. */
static inline bool take_words(struct arg_line *line, struct arg_word *words, int count)
{
	struct arg_word extra;

	for (int i = 0; i < count; i++)
		if (!next_word(line, &words[i]))
			return false;
	return !next_word(line, &extra);
}

static inline bool word_is(struct arg_word word, const char *text)
{
	return word.len == strlen(text) && memcmp(word.text, text, word.len) == 0;
}

/* Splits at the first `separator`; false, and `tail` empty, if there is none. */
static inline bool split_word(struct arg_word word, char separator, struct arg_word *head,
			      struct arg_word *tail)
{
	const char *at = word.len ? memchr(word.text, separator, word.len) : NULL;

	*head = word;
	*tail = (struct arg_word){ word.text + word.len, 0 };
	if (!at)
		return false;
	head->len = (size_t)(at - word.text);
	*tail = (struct arg_word){ at + 1, word.len - head->len - 1 };
	return true;
}

/* Decimal digits only, at most `max`. */
static inline bool parse_number(struct arg_word word, uint64_t max, uint64_t *value)
{
	uint64_t digit;

	*value = 0;
	for (size_t i = 0; i < word.len; i++) {
		digit = (uint64_t)(unsigned char)word.text[i] - '0';
		if (digit > 9 || digit > max || *value > (max - digit) / 10)
			return false;
		*value = *value * 10 + digit;
	}
	return word.len > 0;
}

/* Value of one hexadecimal digit, or -1. */
static inline int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* 1 to `digits` hexadecimal digits, without prefix. */
static inline bool parse_hex(struct arg_word word, size_t digits, uint32_t *value)
{
	*value = 0;
	for (size_t i = 0; i < word.len; i++) {
		if (hex_digit(word.text[i]) < 0)
			return false;
		*value = *value << 4 | (uint32_t)hex_digit(word.text[i]);
	}
	return word.len > 0 && word.len <= digits;
}

#endif
