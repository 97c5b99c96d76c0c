/* SPDX-License-Identifier: Apache-2.0
 *
 * Preloaded into fphost by the attack tests: memory of the host that nobody has any business with, and at the
 * end a report whether every byte of it is as it was.
 *
 * Canaries lie where a module that escapes would hit: at an address the attacks know, right outside the guard
 * zones of every arena, and on the host's own heap. They are readable and writable, so an access that gets out
 * succeeds and is seen afterwards; on an unmapped page it would only fault, as a contained one does.
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "places.h"

#define EDGE 0x40000u	/* bytes of a canary beside an arena */
#define LARGE 0x100000u /* what is unmapped in larger pieces is the trimming of an arena's reservation */
#define BLOCKS 32
#define BLOCK 4096u
#define MOST 256

struct canary {
	uint8_t *start;
	size_t len;
};

static struct canary canaries[MOST];
static unsigned count;
static int (*unmapped)(void *, size_t);

static uint64_t pattern(const void *address)
{
	return ((uint64_t)address ^ HOST_SECRET) | 1;
}

static void add(uint8_t *start, size_t len)
{
	if (count == MOST)
		abort();
	for (size_t at = 0; at < len; at += 8)
		*(uint64_t *)(start + at) = start == (uint8_t *)HOST_PAGE ? HOST_SECRET : pattern(start + at);
	canaries[count++] = (struct canary){start, len};
}

static void map(uint8_t *wanted, size_t len)
{
	uint8_t *got = mmap(wanted, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	if (got == wanted)
		add(got, len);
	else if (got != MAP_FAILED)
		abort();
}

/* An arena's reservation is trimmed at both ends: what is trimmed becomes canaries next to it. */
int munmap(void *start, size_t len)
{
	int status = (int)syscall(SYS_munmap, start, len);

	if (status == 0 && len > LARGE && unmapped)
		unmapped(start, len);
	return status;
}

static int surround(void *start, size_t len)
{
	map(start, EDGE);
	map((uint8_t *)start + len - EDGE, EDGE);
	return 0;
}

static unsigned long damaged(const struct canary *canary)
{
	unsigned long found = 0;

	for (size_t at = 0; at < canary->len; at += 8) {
		const uint8_t *place = canary->start + at;

		found += *(const uint64_t *)place !=
			 (canary->start == (uint8_t *)HOST_PAGE ? HOST_SECRET : pattern(place));
	}
	return found;
}

__attribute__((constructor)) static void set_up(void)
{
	map((uint8_t *)HOST_PAGE, HOST_PAGE_BYTES);
	if (count != 1)
		abort();
	for (unsigned i = 0; i < BLOCKS; i++)
		add(malloc(BLOCK), BLOCK);
	unmapped = surround;
}

__attribute__((destructor)) static void report(void)
{
	const char *path = getenv("CANARY_REPORT");
	FILE *file = path ? fopen(path, "w") : NULL;
	unsigned long words = 0;
	size_t bytes = 0;

	unmapped = NULL;
	for (unsigned i = 0; i < count; i++) {
		words += damaged(&canaries[i]);
		bytes += canaries[i].len;
	}
	if (!file || fprintf(file, "{\"canaries\": %u, \"bytes\": %zu, \"damaged\": %lu}\n", count, bytes, words) < 0 ||
	    fclose(file) != 0)
		abort();
}
