/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines an instance has logged and the host has not yet shown. fp_log() only copies: nothing is
 * printed while a module's call is under way.
 */
#ifndef FASTPAAS_HOST_LOGBUFFER_H
#define FASTPAAS_HOST_LOGBUFFER_H

#include <stdint.h>

#define FP_LOG_TEXT 1024      /* bytes of a line that are kept */
#define FP_LOG_BUFFER 0x4000  /* bytes of all waiting lines */
#define FP_LOG_BURST 100      /* lines an instance may log at once */
#define FP_LOG_REFILL 10      /* lines it gains per tick of the host, about 100 ms */

struct fp_logbuffer {
	uint32_t used;
	uint32_t credit;     /* lines that may still be logged before the next tick */
	uint64_t suppressed; /* lines refused since it was last said */
	uint8_t bytes[FP_LOG_BUFFER];
};

/* Grants a full burst of lines, for an instance that starts. A buffer begins as all zeros. */
void fp_logbuffer_refill(struct fp_logbuffer *log);

/* Room for a line of `len` <= FP_LOG_TEXT bytes, or NULL if it is suppressed (and counted). The line
 * exists once fp_logbuffer_commit() is called. */
char *fp_logbuffer_reserve(struct fp_logbuffer *log, uint32_t len);
void fp_logbuffer_commit(struct fp_logbuffer *log, int level, uint32_t len);

/* Calls show() for each waiting line, oldest first, and forgets them. */
void fp_logbuffer_drain(struct fp_logbuffer *log, void (*show)(void *owner, int level, const char *text, uint32_t len),
			void *owner);

/* Grants the next tick's lines; returns how many were suppressed since the last call. */
uint64_t fp_logbuffer_tick(struct fp_logbuffer *log);

#endif
