/* SPDX-License-Identifier: Apache-2.0
 *
 * Where the printf family writes to: a buffer with a limit, counting what did not fit.
 */
#include "format.h"

#include <string.h>

FP_APART_BEGIN

static size_t room_left(const struct fp_sink *sink)
{
	return sink->total < sink->room ? sink->room - sink->total : 0;
}

void fp_sink_put(struct fp_sink *sink, const char *text, size_t len)
{
	size_t room = room_left(sink);

	if (sink->file)
		fp_stream_write(sink->file, text, len);
	else if (room)
		memcpy(sink->to + sink->total, text, len < room ? len : room);
	sink->total += len;
}

void fp_sink_fill(struct fp_sink *sink, char c, long count)
{
	size_t bytes = count > 0 ? (size_t)count : 0;
	size_t room = room_left(sink);

	if (!sink->file && room)
		memset(sink->to + sink->total, c, bytes < room ? bytes : room);
	for (size_t i = 0; sink->file && i < bytes; i++)
		fp_stream_write(sink->file, &c, 1);
	sink->total += bytes;
}

void fp_sink_number(struct fp_sink *sink, const struct fp_conversion *conversion, const struct fp_number *number)
{
	size_t prefix = strlen(number->prefix), body = strlen(number->body), tail = strlen(number->tail);
	long padding = conversion->width - (long)(prefix + body + tail) - number->zeros - number->more_zeros;

	if (!conversion->left && !conversion->zero)
		fp_sink_fill(sink, ' ', padding);
	fp_sink_put(sink, number->prefix, prefix);
	if (!conversion->left && conversion->zero)
		fp_sink_fill(sink, '0', padding);
	fp_sink_fill(sink, '0', number->zeros);
	fp_sink_put(sink, number->body, body);
	fp_sink_fill(sink, '0', number->more_zeros);
	fp_sink_put(sink, number->tail, tail);
	if (conversion->left)
		fp_sink_fill(sink, ' ', padding);
}

const char *fp_sign_text(const struct fp_conversion *conversion, bool negative)
{
	if (negative)
		return "-";
	return conversion->plus ? "+" : conversion->space ? " " : "";
}

FP_END
