/* SPDX-License-Identifier: Apache-2.0
 *
 * The files a configuration names, and a refusal of outputs that would empty another of them. Two paths mean one file if
 * they lead to the same device and inode or, where nothing is yet, to the same place. Devices and pipes hold nothing that
 * could be lost. Files that different users open (open.h) are not compared: their rights keep them apart, and an error
 * would tell one of them what the other has.
 */
#ifndef FASTPAAS_HOST_FILE_USES_H
#define FASTPAAS_HOST_FILE_USES_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "open.h"

struct fp_file_use {
	char owner[64];	  /* "input", "chain[0]", a node's name: the configuration's name for it is `owner`.`key` */
	const char *key;
	const char *path; /* NULL: none */
	bool writes;
	struct fp_user user;
};

/* Before anything is opened for writing. */
int fp_file_uses_check(const struct fp_file_use *use, size_t count, struct fp_error *error);

/* Whether one of the paths leads to the file that is open as `fd`. */
bool fp_file_uses_have(const struct fp_file_use *use, size_t count, int fd);

#endif
