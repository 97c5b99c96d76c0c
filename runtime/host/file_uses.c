/* SPDX-License-Identifier: Apache-2.0 */
#include "file_uses.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct found {
	const struct fp_file_use *use;
	dev_t device;
	ino_t inode;
	char *place; /* of a file that is not there yet; NULL of one that is */
};

static char *directory_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
}

/* Where the host would make the file, past all links: what is missing is where glibc's realpath() stops. */
static char *find_own_place(const char *path)
{
	char place[PATH_MAX];

	return realpath(path, place) || errno != ENOENT ? NULL : strdup(place);
}

/* Where it would be made for somebody else, for whom no link is followed (open.h). */
static char *find_place_for_user(const char *path, const struct stat *directory)
{
	const char *slash = strrchr(path, '/');
	char *place;

	if (asprintf(&place, "%llx:%llx/%s", (unsigned long long)directory->st_dev, (unsigned long long)directory->st_ino,
		     slash ? slash + 1 : path) < 0)
		return NULL;
	return place;
}

static char *find_place(const char *path)
{
	char *directory = directory_of(path), *place = NULL;
	struct stat status;

	if (directory && fp_open_look(directory, &status) == 0)
		place = fp_open_user()->known ? find_place_for_user(path, &status) : find_own_place(path);
	free(directory);
	return place;
}

/* False of what can be neither lost nor made. */
static bool find(struct found *found, const struct fp_file_use *use)
{
	struct stat status;

	*found = (struct found){.use = use};
	if (!use->path)
		return false;
	if (fp_open_look(use->path, &status) < 0)
		return (found->place = find_place(use->path));
	found->device = status.st_dev;
	found->inode = status.st_ino;
	return S_ISREG(status.st_mode);
}

/* With no more rights than who named it has: an answer must not tell of files that are not for them to see. */
static bool find_for_user(struct found *found, const struct fp_file_use *use)
{
	struct fp_user before = *fp_open_user();
	bool is_there;

	fp_open_for(&use->user);
	is_there = find(found, use);
	fp_open_for(&before);
	return is_there;
}

static int compare_users(const struct fp_user *a, const struct fp_user *b)
{
	if (a->known != b->known)
		return a->known ? 1 : -1;
	if (a->uid != b->uid)
		return a->uid > b->uid ? 1 : -1;
	return (a->gid > b->gid) - (a->gid < b->gid);
}

static int compare_files(const struct found *a, const struct found *b)
{
	if (!a->place != !b->place)
		return a->place ? 1 : -1;
	if (a->place)
		return strcmp(a->place, b->place);
	if (a->device != b->device)
		return a->device > b->device ? 1 : -1;
	return (a->inode > b->inode) - (a->inode < b->inode);
}

static int compare(const struct found *a, const struct found *b)
{
	int order = compare_users(&a->use->user, &b->use->user);

	return order ? order : compare_files(a, b);
}

/* One file's uses together, those that write first, else as they come in the configuration. */
static int compare_for_sort(const void *first, const void *second)
{
	const struct found *a = first, *b = second;
	int order = compare(a, b);

	if (order)
		return order;
	if (a->use->writes != b->use->writes)
		return a->use->writes ? -1 : 1;
	return (a->use > b->use) - (a->use < b->use);
}

static int check(const struct found *found, size_t count, struct fp_error *error)
{
	for (size_t i = 1; i < count; i++) {
		const struct fp_file_use *use = found[i - 1].use, *other = found[i].use;

		if (use->writes && compare(&found[i - 1], &found[i]) == 0)
			return fp_fail(error, "configuration: %s.%s is the same file as %s.%s: %.200s", use->owner, use->key,
				       other->owner, other->key, use->path);
	}
	return 0;
}

int fp_file_uses_check(const struct fp_file_use *use, size_t count, struct fp_error *error)
{
	struct found *found = calloc(count + 1, sizeof(*found));
	size_t files = 0;
	int status;

	if (!found)
		return fp_fail(error, "no memory for %zu files", count);
	for (size_t i = 0; i < count; i++)
		files += find_for_user(&found[files], &use[i]);
	qsort(found, files, sizeof(*found), compare_for_sort);
	status = check(found, files, error);
	for (size_t i = 0; i < files; i++)
		free(found[i].place);
	free(found);
	return status;
}

bool fp_file_uses_have(const struct fp_file_use *use, size_t count, int fd)
{
	struct stat file;
	bool has = false;

	if (fstat(fd, &file) < 0 || !S_ISREG(file.st_mode))
		return false;
	for (size_t i = 0; i < count && !has; i++) {
		struct found found;

		has = find_for_user(&found, &use[i]) && !found.place && found.device == file.st_dev &&
		      found.inode == file.st_ino;
		free(found.place);
	}
	return has;
}
