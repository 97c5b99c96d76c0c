/* SPDX-License-Identifier: Apache-2.0
 *
 * `fphost check`: loads a module and says whether it is one.
 */
#include <stdio.h>
#include <stdlib.h>

#include "arena.h"
#include "command.h"
#include "file.h"
#include "module.h"
#include "symbols.h"

static void say_ok(const struct fp_module *module)
{
	const char *note = module->mode == FP_MODE_NONE ? ", unprotected" : "";

	printf("ok: %s, lowering %s%s\n", module->name, module->lowering, note);
}

static int load(const struct fp_file *file, struct fp_error *error)
{
	struct fp_symbols symbols = fp_host_symbols();
	struct fp_arena arena;
	struct fp_module module;
	int status;

	if (fp_arena_create(&arena, FP_PAGE, error) < 0)
		return -1;
	status = fp_module_load(&module, &arena, file->bytes, file->len, &symbols, true, error);
	if (status == 0) {
		say_ok(&module);
		fp_module_unload(&module);
	}
	fp_arena_destroy(&arena);
	return status;
}

static int check(const char *path)
{
	struct fp_error error;
	struct fp_file file;
	int status;

	if (!path)
		return fp_command_usage_error("check: which module?");
	if (fp_file_read(&file, path, &error) < 0)
		return fp_command_usage_error(error.text);
	status = load(&file, &error);
	free(file.bytes);
	if (status == 0)
		return FP_STATUS_DONE;
	printf("refused: %s\n", error.text);
	return FP_STATUS_REFUSED;
}

const struct fp_command fp_command_check = {
	.name = "check",
	.usage = "MODULE            loads a module without running it: ok, or why it is refused",
	.run = check,
};
