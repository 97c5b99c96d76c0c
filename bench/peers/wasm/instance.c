/* SPDX-License-Identifier: Apache-2.0
 *
 * What the host calls in an instance: room for packets and arguments, init(), and the loop over batches.
 * Addresses are offsets in the instance's memory.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "imports.h"

#define EXPORT(function) __attribute__((export_name(#function)))

#pragma weak init

/* `bytes` of zeroed memory at a multiple of a packet buffer; 0 if there are none. */
EXPORT(peer_allocate) uint32_t peer_allocate(uint32_t bytes)
{
	uint32_t rounded = (bytes + FP_PACKET_BUFFER - 1) & ~(uint32_t)(FP_PACKET_BUFFER - 1);
	void *memory = aligned_alloc(FP_PACKET_BUFFER, rounded);

	if (memory)
		__builtin_memset(memory, 0, rounded);
	return (uint32_t)(uintptr_t)memory;
}

/* `text` holds `len` bytes and a NUL. */
EXPORT(peer_init) int peer_init(uint32_t text, uint32_t len)
{
	const struct fp_args args = { (const char *)(uintptr_t)text, len, "peer" };

	return init ? init(&args) : 0;
}

EXPORT(peer_run) void peer_run(uint32_t batches, uint32_t count)
{
	struct fp_batch *batch = (struct fp_batch *)(uintptr_t)batches;

	for (uint32_t i = 0; i < count; i++)
		process(&batch[i]);
}

void fp_logf(int level, const char *format, ...)
{
	char text[1024];
	va_list arguments;
	int len;

	va_start(arguments, format);
	len = vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	fp_log(level, text, len < (int)sizeof(text) ? (size_t)len : sizeof(text) - 1);
}
