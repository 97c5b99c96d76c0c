/* SPDX-License-Identifier: Apache-2.0
 *
 * The processor's bounds directory and tables (Intel SDM volume 1, chapter 17): an entry of the directory for
 * each MiB of address space, which leads to a table with an entry for each 8 bytes of that MiB.
 */
#include "mpx.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>

#include <fastpaas/abi.h>

#define DIRECTORY (8ull << 28) /* bytes: an entry for each MiB of 48 bits of address */
#define TABLE (4ull << 20)     /* bytes: an entry of 32 for each 8 bytes of a MiB */
#define VALID 1ull	       /* of a directory's entry */
#define ENTRIES (FP_ARENA_MIBS * sizeof(uint64_t))

static uint64_t *directory;
static int reserve_failed; /* errno */

/* All of it is out of reach but the pages that hold the entries of arenas. */
static void reserve(void)
{
	void *start = mmap(NULL, DIRECTORY, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (start == MAP_FAILED)
		reserve_failed = errno;
	else
		directory = start;
}

uint64_t fp_mpx_directory(struct fp_error *error)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, reserve);
	if (!directory)
		fp_fail(error, "cannot reserve %llu MiB of address space for MPX's bounds directory: %s (see `ulimit -v`)",
			DIRECTORY >> 20, strerror(reserve_failed));
	return (uint64_t)directory;
}

int fp_mpx_directory_set(uint64_t address, const void *table, struct fp_error *error)
{
	uint64_t *entry = &directory[address >> 20];

	if (mprotect((void *)((uint64_t)entry & -(uint64_t)FP_PAGE), FP_PAGE, PROT_READ | PROT_WRITE) < 0)
		return fp_fail(error, "cannot make MPX's bounds directory writable: %s", strerror(errno));
	*entry = table ? (uint64_t)table | VALID : 0;
	return 0;
}

static size_t count_mapped(const struct fp_arena *arena)
{
	size_t count = 0;

	for (unsigned mib = 0; mib < FP_ARENA_MIBS; mib++)
		count += arena->mapped[mib];
	return count;
}

static int enter_tables(const struct fp_mpx_tables *tables, const struct fp_arena *arena, struct fp_error *error)
{
	uint8_t *next = tables->start;
	int status = 0;

	for (unsigned mib = 0; mib < FP_ARENA_MIBS && status == 0; mib++) {
		if (!arena->mapped[mib])
			continue;
		status = fp_mpx_directory_set((uint64_t)arena->base + ((uint64_t)mib << 20), next, error);
		next += TABLE;
	}
	return status;
}

int fp_mpx_tables_create(struct fp_mpx_tables *tables, const struct fp_arena *arena, struct fp_error *error)
{
	size_t bytes = count_mapped(arena) * TABLE;
	void *start = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (start == MAP_FAILED)
		return fp_fail(error, "cannot reserve %zu MiB of address space for bounds tables: %s (see `ulimit -v`)",
			       bytes >> 20, strerror(errno));
	*tables = (struct fp_mpx_tables){.start = start, .bytes = bytes, .arena = (uint64_t)arena->base};
	return enter_tables(tables, arena, error);
}

void fp_mpx_tables_destroy(struct fp_mpx_tables *tables)
{
	if (!tables->start)
		return;
	/* Anew, so that they are zero and cost nothing. The rest of the directory is reserved all the same. */
	mmap(&directory[tables->arena >> 20], ENTRIES, PROT_NONE,
	     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
	munmap(tables->start, tables->bytes);
	*tables = (struct fp_mpx_tables){0};
}
