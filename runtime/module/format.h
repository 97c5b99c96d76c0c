/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of the printf family: a sink that takes text, a conversion read from the format, and one
 * function for each kind of value.
 */
#ifndef FASTPAAS_MODULE_FORMAT_H
#define FASTPAAS_MODULE_FORMAT_H

#include "stream.h"

/* Where formatted text goes: a stream, or the first `room` bytes of `to`. */
struct fp_sink {
	FILE *file;
	char *to;
	size_t room;
	size_t total; /* bytes put so far, kept or not */
};

struct fp_conversion {
	bool left, zero, plus, space, alternate; /* the flags - 0 + blank # */
	int width;
	int precision; /* -1 if none was given */
	char length;   /* 'H' for hh, 'q' for ll, or h l j z t, or 0 */
	char type;     /* the conversion character */
};

void fp_sink_put(struct fp_sink *sink, const char *text, size_t len);
void fp_sink_fill(struct fp_sink *sink, char c, long count); /* nothing if count is negative */

/* The parts of a number in the order they are put. */
struct fp_number {
	const char *prefix; /* sign, 0x */
	long zeros;         /* before the body */
	const char *body;
	long more_zeros; /* after it */
	const char *tail;
};

/* Puts a number padded to the width: with blanks around it, or zeros after its prefix. */
void fp_sink_number(struct fp_sink *sink, const struct fp_conversion *conversion, const struct fp_number *number);

bool fp_is_upper(const struct fp_conversion *conversion);

/* Writes "e+05" and returns its length; `mark` is e, E, p or P, `least` the fewest digits. */
int fp_exponent_text(char *to, char mark, int exponent, int least);

/* "-", or what the flags ask for instead. */
const char *fp_sign_text(const struct fp_conversion *conversion, bool negative);

void fp_format_integer(struct fp_sink *sink, const struct fp_conversion *conversion, uint64_t magnitude,
		       bool negative);
void fp_format_hexadecimal(struct fp_sink *sink, const struct fp_conversion *conversion, double value);
void fp_format_double(struct fp_sink *sink, const struct fp_conversion *conversion, double value);

/* Puts the whole format; returns the bytes put, or -1 with errno EOVERFLOW if an int cannot hold them. */
int fp_format(struct fp_sink *sink, const char *format, va_list arguments);

#endif
