/* SPDX-License-Identifier: Apache-2.0
 *
 * check_arena CASE: exercises arena.h and prints what a test can compare.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fastpaas/abi.h>

#include "arena.h"
#include "arena_audit.h"

static void create(struct fp_arena *arena, size_t heap_bytes)
{
	struct fp_error error;

	if (fp_arena_create(arena, heap_bytes, &error)) {
		printf("refused: %s\n", error.text);
		exit(0);
	}
}

static int print_range(const struct audit_range *range, void *context)
{
	(void)context;
	printf("map %lld %lld %c%c%c\n", (long long)range->start, (long long)range->end, range->readable ? 'r' : '-',
	       range->writable ? 'w' : '-', range->executable ? 'x' : '-');
	return 0;
}

/* create HEAP: the mappings of a new arena, and of where it was */
static void show_create(char **words)
{
	struct fp_arena arena;

	create(&arena, strtoull(words[0], NULL, 0));
	struct fp_arena gone = arena;

	printf("aligned %d heap %zu\n", (uintptr_t)arena.base % FP_ARENA_SIZE == 0, arena.heap_bytes);
	audit_each_range(&arena, print_range, NULL);
	fp_arena_destroy(&arena);
	puts("destroyed");
	audit_each_range(&gone, print_range, NULL);
}

/* map OFFSET BYTES PROT: the mappings after one fp_arena_map() */
static void show_map(char **words)
{
	struct fp_arena arena;
	struct fp_error error;

	create(&arena, 0);
	if (fp_arena_map(&arena, strtoull(words[0], NULL, 0), strtoull(words[1], NULL, 0), atoi(words[2]), -1, 0, &error))
		printf("refused: %s\n", error.text);
	else
		audit_each_range(&arena, print_range, NULL);
}

/* share OFFSET FD_OFFSET: a page of one file in two arenas is the same memory */
static void show_share(char **words)
{
	uint64_t offset = strtoull(words[0], NULL, 0), fd_offset = strtoull(words[1], NULL, 0);
	int fd = memfd_create("pool", 0);
	struct fp_arena arena[2];
	struct fp_error error;

	if (fd < 0 || ftruncate(fd, 4 * FP_PAGE))
		exit(2);
	for (int i = 0; i < 2; i++) {
		create(&arena[i], 0);
		if (fp_arena_map(&arena[i], offset, FP_PAGE, PROT_READ | PROT_WRITE, fd, fd_offset, &error)) {
			printf("refused: %s\n", error.text);
			return;
		}
	}
	arena[0].base[offset + 5] = 77;
	printf("read %d\n", arena[1].base[offset + 5]);
}

/* region OFFSET: what fp_arena_region() says */
static void show_region(char **words)
{
	uint64_t start;
	const char *name = fp_arena_region(strtoull(words[0], NULL, 0), &start);

	printf("%s 0x%llx\n", name, (unsigned long long)start);
}

/* limit BYTES: creating an arena in a process with that much address space */
static void show_limit(char **words)
{
	rlim_t bytes = strtoull(words[0], NULL, 0);
	struct fp_arena arena;

	setrlimit(RLIMIT_AS, &(struct rlimit){ bytes, bytes });
	create(&arena, 0);
	puts("created");
}

static const struct {
	const char *name;
	int words;
	void (*show)(char **words);
} cases[] = {
	{ "create", 1, show_create }, { "map", 3, show_map },	  { "share", 2, show_share },
	{ "region", 1, show_region }, { "limit", 1, show_limit },
};

int main(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (!strcmp(argv[1], cases[i].name) && argc == 2 + cases[i].words)
			return cases[i].show(argv + 2), 0;
	}
	fprintf(stderr, "usage: check_arena CASE WORD...\n");
	return 2;
}
