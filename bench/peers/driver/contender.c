/* SPDX-License-Identifier: Apache-2.0 */
#include "contender.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FNV_START 0xcbf29ce484222325
#define FNV_PRIME 0x100000001b3

static struct contender_kind *kinds;

void register_kind(struct contender_kind *kind)
{
	kind->next = kinds;
	kinds = kind;
}

const struct contender_kind *find_kind(const char *name)
{
	const struct contender_kind *kind = kinds;

	while (kind && strcmp(kind->name, name))
		kind = kind->next;
	return kind;
}

/* FNV-1a, 64 bits. */
static uint64_t add_to_checksum(uint64_t hash, const void *bytes, size_t len)
{
	for (const uint8_t *at = bytes, *end = at + len; at < end; at++)
		hash = (hash ^ *at) * FNV_PRIME;
	return hash;
}

struct outcome outcome_of(const uint8_t *data, uint32_t len, uint16_t gate)
{
	uint64_t hash = FNV_START;

	hash = add_to_checksum(hash, &len, sizeof(len));
	hash = add_to_checksum(hash, &gate, sizeof(gate));
	return (struct outcome){ add_to_checksum(hash, data, len), len, gate };
}

uint64_t checksum_of(const struct outcome *outcomes, uint32_t count)
{
	uint64_t hash = FNV_START;

	for (uint32_t i = 0; i < count; i++)
		hash = add_to_checksum(hash, &outcomes[i].checksum, sizeof(outcomes[i].checksum));
	return hash;
}

void fail(const struct contender *contender, const char *format, ...)
{
	va_list arguments;

	fprintf(stderr, "%s: ", contender->name);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(1);
}
