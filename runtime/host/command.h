/* SPDX-License-Identifier: Apache-2.0
 *
 * The commands of fphost. Exit statuses:
 *   0  done; for `run` also when it was interrupted, or modules faulted and the policy took over
 *   1  the machine or a file let us down while running; an "error" event says what
 *   2  the command line or the configuration is wrong; a message on standard error says where
 *   3  a module was refused, or did not start; an "error" event says why
 */
#ifndef FASTPAAS_HOST_COMMAND_H
#define FASTPAAS_HOST_COMMAND_H

#include <jansson.h>

#include "control.h"

enum fp_status { FP_STATUS_DONE = 0, FP_STATUS_FAILED = 1, FP_STATUS_USAGE = 2, FP_STATUS_REFUSED = 3 };

struct fp_command {
	const char *name;
	const char *usage;
	int (*run)(const char *argument); /* NULL if none was given */
};

extern const struct fp_command fp_command_run;
extern const struct fp_command fp_command_serve;
extern const struct fp_command fp_command_bench;
extern const struct fp_command fp_command_bench_crossing;
extern const struct fp_command fp_command_check;
extern const struct fp_command fp_command_selftest;

/* Says `error` as an event and on standard error; returns `status`. */
int fp_command_fail(int status, const struct fp_error *error);

/* Shows `text` as fatal on standard error; returns FP_STATUS_USAGE. */
int fp_command_usage_error(const char *text);

/* Reads the configuration at `path` for the command `name` and hands it to `run`; returns run()'s status, or
 * FP_STATUS_USAGE with a message if there is no configuration or it is no JSON. */
int fp_command_configured(const char *name, const char *path, int (*run)(const json_t *root, const struct fp_control *control));

/* Prepares this thread for module calls. */
int fp_command_prepare(void);

#endif
