/* SPDX-License-Identifier: Apache-2.0 */
#include "frames.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "port.h"

static int read_frame(const char *text, uint8_t *bytes, uint32_t *len, struct fp_error *error)
{
	size_t digits = text ? strlen(text) : 1;

	if (digits % 2 || digits / 2 > FP_FRAME_MAX)
		return fp_fail(error, "a frame is a string of at most %d bytes in hexadecimal", FP_FRAME_MAX);
	*len = (uint32_t)digits / 2;
	for (uint32_t i = 0; i < *len; i++)
		if (sscanf(text + 2 * i, "%2hhx", &bytes[i]) != 1)
			return fp_fail(error, "%.40s: not hexadecimal", text);
	return 0;
}

int frames_create(struct frames *frames, const json_t *texts, uint32_t batch, struct fp_error *error)
{
	struct fp_source source = {.pool = &frames->pool, .max = batch};
	size_t count = json_array_size(texts);
	uint8_t bytes[FP_FRAME_MAX];
	uint32_t len = 0;

	*frames = (struct frames){.bursts = (uint32_t)((count + batch - 1) / batch), .pool = {.fd = -1}};
	frames->burst = aligned_alloc(64, (frames->bursts + 1) * sizeof(*frames->burst));
	if (!frames->burst)
		return fp_fail(error, "no memory for %zu frames", count);
	memset(frames->burst, 0, (frames->bursts + 1) * sizeof(*frames->burst));
	if (fp_pool_create(&frames->pool, (uint32_t)count, error) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (read_frame(json_string_value(json_array_get(texts, i)), bytes, &len, error) < 0)
			return -1;
		fp_port_add(&source, &frames->burst[i / batch], bytes, len, 0);
	}
	return 0;
}

void frames_destroy(struct frames *frames)
{
	if (frames->pool.free)
		fp_pool_destroy(&frames->pool);
	free(frames->burst);
}

void frames_reset(struct frames *frames)
{
	for (uint32_t i = 0; i < frames->bursts; i++)
		for (uint32_t k = 0; k < frames->burst[i].count; k++)
			frames->burst[i].packet[k].gate = 0;
}

json_t *frames_gates(const struct frames *frames)
{
	json_t *gates = json_array();

	for (uint32_t i = 0; i < frames->bursts; i++)
		for (uint32_t k = 0; k < frames->burst[i].count; k++)
			json_array_append_new(gates, json_integer(frames->burst[i].packet[k].gate));
	return gates;
}
