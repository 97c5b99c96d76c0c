/* SPDX-License-Identifier: Apache-2.0
 *
 * Strict reading of JSON objects: each allowed key is a row, everything else is refused by its path.
 */
#ifndef FASTPAAS_HOST_OPTIONS_H
#define FASTPAAS_HOST_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "control.h"
#include "error.h"

enum fp_option_type {
	FP_OPTION_TEXT,	   /* target: const char *, borrowed from the object; not empty */
	FP_OPTION_PATH,	   /* the same, or null, which leaves the target alone */
	FP_OPTION_INTEGER, /* target: int64_t, min to max */
	FP_OPTION_BOOLEAN, /* target: bool */
	FP_OPTION_OBJECT,  /* target: const json_t *, borrowed */
	FP_OPTION_ARRAY,   /* target: const json_t *, borrowed; min to max elements */
};

struct fp_option {
	const char *key;
	enum fp_option_type type;
	void *target; /* left alone if the key is absent: initialise it with the default */
	bool required;
	int64_t min;
	int64_t max;
};

/* Reads `object`, which is found at `where` ("chain[0]", "" for the top), by its `count` rows. */
int fp_options_read(const json_t *object, const char *where, const struct fp_option *options, size_t count,
		    struct fp_error *error);

/* Copies the name found at `where` into `to`, `size` bytes; refuses one that is too long or not printable. */
int fp_options_copy_name(char *to, size_t size, const char *name, const char *where, struct fp_error *error);

/* Parses the file at `path`, "-" for standard input, which may be a control socket: then `control` gets what
 * came along. NULL with `error` set on failure. */
json_t *fp_options_load(const char *path, struct fp_control *control, struct fp_error *error);

#endif
