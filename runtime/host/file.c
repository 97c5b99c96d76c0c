/* SPDX-License-Identifier: Apache-2.0 */
#include "file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int read_open(FILE *file, const char *path, size_t max, void **bytes, size_t *len, struct fp_error *error)
{
	struct stat status;

	if (fstat(fileno(file), &status) < 0)
		return fp_fail(error, "%s: %s", path, strerror(errno));
	if (!S_ISREG(status.st_mode))
		return fp_fail(error, "%s: not a regular file", path);
	if ((size_t)status.st_size > max)
		return fp_fail(error, "%s: %lld bytes are more than the %zu allowed", path, (long long)status.st_size, max);
	*bytes = malloc((size_t)status.st_size + 1);
	if (!*bytes)
		return fp_fail(error, "%s: no memory for %lld bytes", path, (long long)status.st_size);
	*len = fread(*bytes, 1, (size_t)status.st_size, file);
	if (!ferror(file) && *len == (size_t)status.st_size)
		return 0;
	free(*bytes);
	*bytes = NULL;
	return fp_fail(error, "%s: cannot be read to its end", path);
}

int fp_file_read(const char *path, size_t max, void **bytes, size_t *len, struct fp_error *error)
{
	FILE *file = fopen(path, "rb");
	int status;

	if (!file)
		return fp_fail(error, "%s: %s", path, strerror(errno));
	status = read_open(file, path, max, bytes, len, error);
	fclose(file);
	return status;
}
