/* SPDX-License-Identifier: Apache-2.0 */
#include "arena.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#include <fastpaas/abi.h>

/* Instances of one NF would otherwise have their code at the same place of each arena, where it drives one another's out of
 * what a processor keeps by a hash of some lower bits of addresses. */
#define IMAGE_PLACES (FP_IMAGE_SHIFT_MAX / FP_PAGE + 1)
#define RESERVED (FP_ARENA_SIZE + 2ull * FP_GUARD_ZONE)

struct region {
	const char *name;
	uint64_t start;
	uint64_t limit; /* first offset the region may not reach */
};

/* Ascending; what lies between two of them is guard zone. */
static const struct region regions[] = {
	{ "image", FP_IMAGE_OFFSET, FP_IMAGE_LIMIT },	{ "heap", FP_HEAP_OFFSET, FP_HEAP_LIMIT },
	{ "stack", FP_STACK_OFFSET, FP_STACK_LIMIT },	{ "batch", FP_BATCH_OFFSET, FP_BATCH_LIMIT },
	{ "args", FP_ARGS_OFFSET, FP_ARGS_LIMIT },	{ "packets", FP_PACKETS_OFFSET, FP_PACKETS_LIMIT },
	{ "state", FP_STATE_OFFSET, FP_STATE_LIMIT },
};
#define REGION_COUNT (sizeof(regions) / sizeof(regions[0]))

static int map_heap(struct fp_arena *arena, size_t bytes, struct fp_error *error)
{
	const size_t limit = FP_HEAP_LIMIT - FP_HEAP_OFFSET;

	if (bytes > limit)
		return fp_fail(error, "heap of %zu bytes: an arena has room for %zu", bytes, limit);
	arena->heap_bytes = (bytes + FP_PAGE - 1) & ~(size_t)(FP_PAGE - 1);
	if (arena->heap_bytes == 0)
		return 0;
	return fp_arena_map(arena, FP_HEAP_OFFSET, arena->heap_bytes, PROT_READ | PROT_WRITE, -1, 0, error);
}

/* The kernel only aligns to pages: reserve twice the size, keep the aligned part and its guard zones. */
static uint8_t *reserve(struct fp_error *error)
{
	const size_t size = RESERVED + FP_ARENA_SIZE;
	uint8_t *start = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (start == MAP_FAILED) {
		fp_fail(error, "cannot reserve %zu MiB of address space for an arena: %s (see `ulimit -v`)", size >> 20,
			strerror(errno));
		return NULL;
	}
	uintptr_t lowest = (uintptr_t)start + FP_GUARD_ZONE;
	size_t skip = -lowest & (FP_ARENA_SIZE - 1);

	if (skip)
		munmap(start, skip);
	munmap(start + skip + RESERVED, FP_ARENA_SIZE - skip);
	return start + skip + FP_GUARD_ZONE;
}

int fp_arena_create(struct fp_arena *arena, size_t heap_bytes, struct fp_error *error)
{
	static _Atomic unsigned made;

	*arena = (struct fp_arena){ .base = reserve(error), .number = atomic_fetch_add(&made, 1) };
	if (!arena->base)
		return -1;
	if (map_heap(arena, heap_bytes, error) == 0)
		return 0;
	fp_arena_destroy(arena);
	return -1;
}

void fp_arena_place_image(struct fp_arena *arena, uint64_t align)
{
	arena->image_base = arena->base + (arena->number % IMAGE_PLACES * FP_PAGE & -align);
}

void fp_arena_destroy(struct fp_arena *arena)
{
	if (arena->base)
		munmap(arena->base - FP_GUARD_ZONE, RESERVED);
	*arena = (struct fp_arena){ 0 };
}

static const struct region *find_region(uint64_t offset)
{
	for (size_t i = 0; i < REGION_COUNT; i++) {
		if (offset >= regions[i].start && offset < regions[i].limit)
			return &regions[i];
	}
	return NULL;
}

/* Page-rounds [*offset, *offset + *bytes) in place, if it lies inside one region. */
static int round_to_pages(uint64_t *offset, size_t *bytes, struct fp_error *error)
{
	const struct region *region = find_region(*offset);

	if (*bytes == 0)
		return fp_fail(error, "mapping of 0 bytes at arena offset 0x%llx", (unsigned long long)*offset);
	if (!region || *bytes > region->limit - *offset)
		return fp_fail(error, "mapping of 0x%zx bytes at arena offset 0x%llx does not lie inside one region (%s)",
			       *bytes, (unsigned long long)*offset, fp_arena_region(*offset, NULL));
	uint64_t end = (*offset + *bytes + FP_PAGE - 1) & -(uint64_t)FP_PAGE;

	*offset &= -(uint64_t)FP_PAGE;
	*bytes = end - *offset;
	return 0;
}

int fp_arena_map(struct fp_arena *arena, uint64_t offset, size_t bytes, int prot, int fd, uint64_t fd_offset,
		 struct fp_error *error)
{
	int flags = fd == -1 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED;

	if (prot & PROT_EXEC)
		return fp_fail(error, "executable mapping at arena offset 0x%llx: only the loader makes those",
			       (unsigned long long)offset);
	if (fd != -1 && (offset | fd_offset) % FP_PAGE)
		return fp_fail(error, "shared mapping at arena offset 0x%llx: offset and file offset must be multiples of %d",
			       (unsigned long long)offset, FP_PAGE);
	if (round_to_pages(&offset, &bytes, error))
		return -1;
	if (prot == PROT_NONE)
		flags |= MAP_NORESERVE;
	if (mmap(arena->base + offset, bytes, prot, flags | MAP_FIXED, fd, (off_t)fd_offset) == MAP_FAILED)
		return fp_fail(error, "cannot map 0x%zx bytes at arena offset 0x%llx (%s): %s", bytes,
			       (unsigned long long)offset, fp_arena_region(offset, NULL), strerror(errno));
	for (uint64_t mib = offset / FP_MIB; mib <= (offset + bytes - 1) / FP_MIB; mib++)
		arena->mapped[mib] = true;
	return 0;
}

/* A guard zone starts where the region before it may no longer reach. */
static uint64_t guard_zone_start(uint64_t offset)
{
	uint64_t start = 0;

	for (size_t i = 0; i < REGION_COUNT && regions[i].limit <= offset; i++)
		start = regions[i].limit;
	return start;
}

const char *fp_arena_region(uint64_t offset, uint64_t *start)
{
	const struct region *region = find_region(offset);
	uint64_t unused;

	if (!start)
		start = &unused;
	if (region) {
		*start = region->start;
		return region->name;
	}
	if (offset >= FP_ARENA_SIZE) {
		*start = FP_ARENA_SIZE;
		return "outside the arena";
	}
	*start = guard_zone_start(offset);
	return "guard zone";
}
