/* SPDX-License-Identifier: Apache-2.0
 *
 * Opening the files that configurations name, with the rights of who named them. A host that runs as root must not read
 * or write for a tenant what the tenant could not: so files of a tenant's nodes are opened under its user id, without
 * following any symbolic link, and only if they are regular files.
 */
#ifndef FASTPAAS_HOST_OPEN_H
#define FASTPAAS_HOST_OPEN_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "error.h"

struct fp_user {
	bool known; /* false: the host itself */
	uid_t uid;
	gid_t gid;
};

/* Whose files this thread opens from now on, NULL for the host's own; and whose it does. */
void fp_open_for(const struct fp_user *user);
const struct fp_user *fp_open_user(void);

static inline bool fp_user_is(const struct fp_user *a, const struct fp_user *b)
{
	return a->known == b->known && a->uid == b->uid && a->gid == b->gid;
}

/* As fopen(path, "rb" or "wb"). NULL with `error` set, which names the path. */
FILE *fp_open(const char *path, const char *mode, struct fp_error *error);

/* As stat(path). -1 if there is nothing, or nothing that who named it may see. */
int fp_open_look(const char *path, struct stat *status);

#endif
