/* SPDX-License-Identifier: Apache-2.0 */
#include "perf_map.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct perf_map {
	FILE *file;
	const char *module;
	const uint8_t *base;
};

/* The directory is everybody's: neither follow a planted link nor write to a file that is not ours. */
static FILE *open_map(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0644);
	struct stat status;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == geteuid() && status.st_nlink == 1)
		return fdopen(fd, "a");
	close(fd);
	errno = EPERM;
	return NULL;
}

static bool printable(const char *name)
{
	for (const char *c = name; *c; c++) {
		if (*c <= ' ' || *c > '~')
			return false;
	}
	return *name;
}

static void write_function(void *context, const char *name, uint64_t start, uint64_t size)
{
	const struct perf_map *map = context;

	if (size && printable(name))
		fprintf(map->file, "%" PRIx64 " %" PRIx64 " %s:%s\n", (uintptr_t)map->base + start, size, map->module, name);
}

int fp_perf_map_write(const char *module, const uint8_t *base, const struct fp_bytes *file, struct fp_error *error)
{
	char path[64];
	struct perf_map map = { .module = module, .base = base };

	snprintf(path, sizeof(path), "/tmp/perf-%d.map", (int)getpid());
	map.file = open_map(path);
	if (!map.file)
		return fp_fail(error, "cannot write %s: %s", path, strerror(errno));
	int status = fp_debug_image_functions(file, write_function, &map, error);

	if (fclose(map.file) && status == 0)
		return fp_fail(error, "cannot write %s: %s", path, strerror(errno));
	return status;
}
