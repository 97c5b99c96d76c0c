/* SPDX-License-Identifier: Apache-2.0 */
#include "logbuffer.h"

#include <stddef.h>
#include <string.h>

struct line_header {
	uint32_t level;
	uint32_t len;
};

void fp_logbuffer_refill(struct fp_logbuffer *log)
{
	log->credit = FP_LOG_BURST;
}

char *fp_logbuffer_reserve(struct fp_logbuffer *log, uint32_t len)
{
	uint32_t need = (uint32_t)sizeof(struct line_header) + len;

	if (log->credit == 0 || need > FP_LOG_BUFFER - log->used) {
		log->suppressed++;
		return NULL;
	}
	return (char *)log->bytes + log->used + sizeof(struct line_header);
}

void fp_logbuffer_commit(struct fp_logbuffer *log, int level, uint32_t len)
{
	struct line_header header = {.level = (uint32_t)level, .len = len};

	memcpy(log->bytes + log->used, &header, sizeof(header));
	log->used += (uint32_t)sizeof(header) + len;
	log->credit--;
}

void fp_logbuffer_drain(struct fp_logbuffer *log, void (*show)(void *owner, int level, const char *text, uint32_t len),
			void *owner)
{
	struct line_header header;

	for (uint32_t at = 0; at < log->used; at += (uint32_t)sizeof(header) + header.len) {
		memcpy(&header, log->bytes + at, sizeof(header));
		show(owner, (int)header.level, (const char *)log->bytes + at + sizeof(header), header.len);
	}
	log->used = 0;
}

uint64_t fp_logbuffer_tick(struct fp_logbuffer *log)
{
	uint64_t suppressed = log->suppressed;

	log->suppressed = 0;
	log->credit += FP_LOG_REFILL;
	if (log->credit > FP_LOG_BURST)
		log->credit = FP_LOG_BURST;
	return suppressed;
}
