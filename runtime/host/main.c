/* SPDX-License-Identifier: Apache-2.0
 *
 * The fphost program: finds the command.
 */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "contain.h"
#include "context.h"
#include "event.h"
#include "options.h"
#include "stop.h"

static const struct fp_command *const commands[] = {
	&fp_command_run, &fp_command_serve, &fp_command_bench, &fp_command_bench_crossing, &fp_command_check, &fp_command_selftest,
};
#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

int fp_command_usage_error(const char *text)
{
	fprintf(stderr, "fphost: %s\n", text);
	return FP_STATUS_USAGE;
}

int fp_command_fail(int status, const struct fp_error *error)
{
	fp_event_error(error->text);
	fprintf(stderr, "fphost: %s\n", error->text);
	return status;
}

int fp_command_configured(const char *name, const char *path, int (*run)(const json_t *root, const struct fp_control *control))
{
	struct fp_control control;
	struct fp_error error;
	json_t *root;
	int status = FP_STATUS_USAGE;

	if (!path) {
		fp_fail(&error, "%s: which configuration? give a file, or - for standard input", name);
		return fp_command_usage_error(error.text);
	}
	root = fp_options_load(path, &control, &error);
	if (root)
		status = run(root, &control);
	else
		fp_command_usage_error(error.text);
	json_decref(root);
	fp_control_free(&control);
	return status;
}

int fp_command_prepare(void)
{
	struct fp_error error;

	if (fp_context_create(&error) == 0 && fp_contain_install(&error) == 0 && fp_stop_install(&error) == 0)
		return 0;
	fprintf(stderr, "fphost: %s\n", error.text);
	return -1;
}

static int show_usage(FILE *to, int status)
{
	fprintf(to, "usage:\n");
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(to, "  fphost %s %s\n", commands[i]->name, commands[i]->usage);
	return status;
}

int main(int count, char **words)
{
	if (count >= 2 && (strcmp(words[1], "--help") == 0 || strcmp(words[1], "-h") == 0))
		return show_usage(stdout, FP_STATUS_DONE);
	for (size_t i = 0; i < COMMANDS && count >= 2 && count <= 3; i++)
		if (strcmp(commands[i]->name, words[1]) == 0)
			return commands[i]->run(words[2]);
	return show_usage(stderr, FP_STATUS_USAGE);
}
