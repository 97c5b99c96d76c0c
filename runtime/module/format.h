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

/* Puts sign or prefix, `zeros` zeros and the body of a number, padded to the width. */
void fp_sink_number(struct fp_sink *sink, const struct fp_conversion *conversion, const char *prefix, long zeros,
		    const char *body);

void fp_format_integer(struct fp_sink *sink, const struct fp_conversion *conversion, uint64_t magnitude,
		       bool negative);
void fp_format_double(struct fp_sink *sink, const struct fp_conversion *conversion, double value);

/* Puts the whole format; returns the bytes put, or -1 with errno EOVERFLOW if an int cannot hold them. */
int fp_format(struct fp_sink *sink, const char *format, va_list arguments);

#endif
