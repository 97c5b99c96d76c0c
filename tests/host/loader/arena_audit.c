/* SPDX-License-Identifier: Apache-2.0 */
#include "arena_audit.h"

#include <stdio.h>
#include <string.h>

#include <fastpaas/abi.h>

#define SCAN_MAX 0x400000 /* bytes of a mapping: more than the test modules have in their files */

struct audit {
	const struct fp_arena *arena;
	const struct fp_module *module;
	const struct fp_symbols *symbols;
};

static int see_line(const char *line, const struct fp_arena *arena,
		    int (*see)(const struct audit_range *range, void *context), void *context)
{
	int64_t base = (int64_t)(uintptr_t)arena->base;
	unsigned long start, end;
	char rights[5];

	if (sscanf(line, "%lx-%lx %4s", &start, &end, rights) != 3)
		return 0;
	struct audit_range range = { (int64_t)start - base, (int64_t)end - base, rights[0] == 'r', rights[1] == 'w',
				     rights[2] == 'x' };

	if (range.end <= -FP_GUARD_ZONE || range.start >= FP_ARENA_SIZE + FP_GUARD_ZONE)
		return 0;
	return see(&range, context);
}

int audit_each_range(const struct fp_arena *arena, int (*see)(const struct audit_range *range, void *context),
		     void *context)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	char line[512];
	int status = 0;

	if (!maps)
		return fprintf(stderr, "audit: cannot read /proc/self/maps\n"), -1;
	while (status == 0 && fgets(line, sizeof(line), maps))
		status = see_line(line, arena, see, context);
	fclose(maps);
	return status;
}

static int complain(const char *what, const struct audit_range *range)
{
	fprintf(stderr, "audit: %s: 0x%llx to 0x%llx\n", what, (long long)range->start, (long long)range->end);
	return -1;
}

static bool accessible(const struct audit_range *range)
{
	return range->readable || range->writable || range->executable;
}

static bool in_image(const struct audit_range *range)
{
	return range->start >= FP_IMAGE_OFFSET && range->end <= FP_IMAGE_LIMIT;
}

static int see_empty(const struct audit_range *range, void *context)
{
	(void)context;
	return in_image(range) && accessible(range) ? complain("left behind in the image", range) : 0;
}

int audit_empty(const struct fp_arena *arena)
{
	return audit_each_range(arena, see_empty, NULL);
}

/* Thread pointer offsets are small negative numbers that a module may well hold: only addresses count. */
static bool host_address(const struct fp_symbols *symbols, uint64_t word)
{
	for (size_t i = 0; i < symbols->import_count; i++) {
		if ((uintptr_t)symbols->imports[i].address == word)
			return true;
	}
	return false;
}

static int scan_writable(const struct audit *audit, const struct audit_range *range)
{
	int64_t end = range->end - range->start > SCAN_MAX ? range->start + SCAN_MAX : range->end;
	uint64_t word;

	for (int64_t at = range->start; at < end; at += sizeof(word)) {
		memcpy(&word, audit->arena->base + at, sizeof(word));
		if (host_address(audit->symbols, word))
			return complain("a host address in writable memory", range);
	}
	return 0;
}

/* How much higher than the file says the image lies. */
static int64_t shift_of(const struct audit *audit)
{
	return audit->arena->image_base - audit->arena->base;
}

static int see_executable(const struct audit *audit, const struct audit_range *range)
{
	int64_t shift = shift_of(audit);
	int64_t start = shift + (int64_t)(audit->module->text_start & -(uint64_t)FP_PAGE);
	int64_t end = shift + (int64_t)((audit->module->text_end + FP_PAGE - 1) & -(uint64_t)FP_PAGE);

	if (range->writable)
		return complain("writable and executable", range);
	return range->start == start && range->end == end ? 0 : complain("executable, but not the text", range);
}

static int see_loaded(const struct audit_range *range, void *context)
{
	const struct audit *audit = context;

	if (!accessible(range))
		return 0;
	if (range->start == FP_HEAP_OFFSET && !range->executable)
		return 0;
	if (!in_image(range) || range->end > shift_of(audit) + (int64_t)audit->module->image_end)
		return complain("accessible outside the image", range);
	if (range->executable)
		return see_executable(audit, range);
	return range->writable ? scan_writable(audit, range) : 0;
}

int audit_loaded(const struct fp_arena *arena, const struct fp_module *module, const struct fp_symbols *symbols)
{
	struct audit audit = { arena, module, symbols };

	return audit_each_range(arena, see_loaded, &audit);
}
