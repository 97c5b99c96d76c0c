/* SPDX-License-Identifier: Apache-2.0 */
#include "open.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define GROUPS_MAX 256

static _Thread_local struct fp_user opener;

void fp_open_for(const struct fp_user *user)
{
	opener = user ? *user : (struct fp_user){0};
}

const struct fp_user *fp_open_user(void)
{
	return &opener;
}

/* The rights of this thread alone, which is why these are system calls: the C library changes all threads. */
struct rights {
	uid_t uid;
	gid_t gid;
	int groups;
	gid_t group[GROUPS_MAX];
};

static void give_back(const struct rights *own)
{
	setfsuid(own->uid);
	setfsgid(own->gid);
	if (own->groups > 0)
		syscall(SYS_setgroups, (size_t)own->groups, own->group);
}

/* These calls do not say whether they worked; asking for an impossible id tells what is in force. */
static bool has_taken(void)
{
	return (uid_t)setfsuid((uid_t)-1) == opener.uid && (gid_t)setfsgid((gid_t)-1) == opener.gid;
}

static int take(struct rights *own, const char *path, struct fp_error *error)
{
	own->groups = getgroups(GROUPS_MAX, own->group);
	own->uid = geteuid();
	own->gid = getegid();
	if (own->groups < 0)
		return fp_fail(error, "%s: %s", path, strerror(errno));
	if (own->groups > 0 && syscall(SYS_setgroups, (size_t)0, NULL) < 0 && own->uid != opener.uid)
		return fp_fail(error, "%s: cannot be opened for user %u: fphost lacks CAP_SETGID", path, opener.uid);
	setfsgid(opener.gid);
	setfsuid(opener.uid);
	if (has_taken())
		return 0;
	give_back(own);
	return fp_fail(error, "%s: cannot be opened for user %u: fphost lacks CAP_SETUID", path, opener.uid);
}

static int open_plainly(const char *path, unsigned flags)
{
	struct open_how how = {
		.flags = flags | O_CLOEXEC,
		.mode = flags & O_CREAT ? 0640 : 0,
		.resolve = RESOLVE_NO_SYMLINKS,
	};

	return (int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof(how));
}

/* Cut to nothing only now that it is known to be a file. */
static int check_regular(int fd, const char *path, bool writes, struct fp_error *error)
{
	struct stat status;

	if (fstat(fd, &status) < 0)
		return fp_fail(error, "%s: %s", path, strerror(errno));
	if (!S_ISREG(status.st_mode))
		return fp_fail(error, "%s: not a regular file", path);
	if (writes && ftruncate(fd, 0) < 0)
		return fp_fail(error, "%s: %s", path, strerror(errno));
	return 0;
}

static int open_for_user(const char *path, unsigned flags, struct fp_error *error)
{
	struct rights own;
	int fd, reason;

	if (take(&own, path, error) < 0)
		return -1;
	fd = open_plainly(path, flags);
	reason = errno;
	give_back(&own);
	if (fd < 0)
		return fp_fail(error, "%s: as user %u: %s", path, opener.uid, strerror(reason));
	return fd;
}

/* Not blocking: what turns out to be a named pipe must not make the host wait. */
static int open_file_for_user(const char *path, bool writes, struct fp_error *error)
{
	int fd = open_for_user(path, (writes ? O_WRONLY | O_CREAT : O_RDONLY) | O_NONBLOCK, error);

	if (fd < 0 || check_regular(fd, path, writes, error) == 0)
		return fd;
	close(fd);
	return -1;
}

int fp_open_look(const char *path, struct stat *status)
{
	struct fp_error error;
	int fd, found;

	if (!opener.known)
		return stat(path, status);
	fd = open_for_user(path, O_PATH, &error);
	if (fd < 0)
		return -1;
	found = fstat(fd, status);
	close(fd);
	return found;
}

FILE *fp_open(const char *path, const char *mode, struct fp_error *error)
{
	FILE *file;
	int fd;

	if (!opener.known) {
		file = fopen(path, mode);
		if (!file)
			fp_fail(error, "%s: %s", path, strerror(errno));
		return file;
	}
	fd = open_file_for_user(path, mode[0] == 'w', error);
	if (fd < 0)
		return NULL;
	file = fdopen(fd, mode);
	if (!file) {
		fp_fail(error, "%s: %s", path, strerror(errno));
		close(fd);
	}
	return file;
}
