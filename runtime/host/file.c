/* SPDX-License-Identifier: Apache-2.0 */
#include "file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "open.h"

static int allocate(struct fp_file *file, FILE *stream, const char *path, struct fp_error *error)
{
	struct stat status;

	if (fstat(fileno(stream), &status) < 0)
		return fp_fail(error, "%s: %s", path, strerror(errno));
	if (!S_ISREG(status.st_mode))
		return fp_fail(error, "%s: not a regular file", path);
	if ((size_t)status.st_size > FP_FILE_MAX)
		return fp_fail(error, "%s: %lld bytes are more than the %zu allowed", path, (long long)status.st_size,
			       FP_FILE_MAX);
	file->len = (size_t)status.st_size;
	file->bytes = malloc(file->len + 1);
	return file->bytes ? 0 : fp_fail(error, "%s: no memory for %zu bytes", path, file->len);
}

static int read_stream(struct fp_file *file, FILE *stream, const char *path, struct fp_error *error)
{
	if (allocate(file, stream, path, error) < 0)
		return -1;
	if (fread(file->bytes, 1, file->len, stream) == file->len)
		return 0;
	free(file->bytes);
	file->bytes = NULL;
	return fp_fail(error, "%s: cannot be read to its end", path);
}

int fp_file_read(struct fp_file *file, const char *path, struct fp_error *error)
{
	FILE *stream = fp_open(path, "rb", error);
	int status;

	*file = (struct fp_file){0};
	if (!stream)
		return -1;
	status = read_stream(file, stream, path, error);
	fclose(stream);
	return status;
}

int fp_file_read_open(struct fp_file *file, int fd, struct fp_error *error)
{
	int copy = dup(fd);
	FILE *stream = copy < 0 ? NULL : fdopen(copy, "rb");
	int status;

	*file = (struct fp_file){0};
	if (!stream) {
		fp_fail(error, "an open file: %s", strerror(errno));
		if (copy >= 0)
			close(copy);
		return -1;
	}
	rewind(stream);
	status = read_stream(file, stream, "an open file", error);
	fclose(stream);
	return status;
}
