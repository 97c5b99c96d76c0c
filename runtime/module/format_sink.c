/* SPDX-License-Identifier: Apache-2.0 */
#include "format.h"

#include <string.h>

void fp_sink_put(struct fp_sink *sink, const char *text, size_t len)
{
	if (sink->file)
		fp_stream_write(sink->file, text, len);
	else if (sink->total < sink->room)
		memcpy(sink->to + sink->total, text, len < sink->room - sink->total ? len : sink->room - sink->total);
	sink->total += len;
}

void fp_sink_fill(struct fp_sink *sink, char c, long count)
{
	char run[32];

	memset(run, c, sizeof(run));
	for (; count > 0; count -= (long)sizeof(run))
		fp_sink_put(sink, run, count < (long)sizeof(run) ? (size_t)count : sizeof(run));
}

void fp_sink_number(struct fp_sink *sink, const struct fp_conversion *conversion, const char *prefix, long zeros,
		    const char *body)
{
	size_t prefix_len = strlen(prefix), body_len = strlen(body);
	long padding = conversion->width - (long)(prefix_len + body_len) - zeros;

	if (!conversion->left && !conversion->zero)
		fp_sink_fill(sink, ' ', padding);
	fp_sink_put(sink, prefix, prefix_len);
	if (!conversion->left && conversion->zero)
		fp_sink_fill(sink, '0', padding);
	fp_sink_fill(sink, '0', zeros);
	fp_sink_put(sink, body, body_len);
	if (conversion->left)
		fp_sink_fill(sink, ' ', padding);
}
