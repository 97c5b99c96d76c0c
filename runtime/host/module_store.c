/* SPDX-License-Identifier: Apache-2.0 */
#include "module_store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "module_digest.h"

struct fp_stored_module *fp_module_store_find(const struct fp_module_store *store, const char *digest)
{
	for (size_t i = 0; i < store->count; i++)
		if (strcmp(store->module[i].digest, digest) == 0)
			return &store->module[i];
	return NULL;
}

int fp_module_store_read(const struct fp_module_store *store, const char *digest, struct fp_file *file,
			 struct fp_error *error)
{
	const struct fp_stored_module *module = fp_module_store_find(store, digest);

	if (!module)
		return fp_fail(error, "there is no module with digest \"%.64s\" here: send it, sealed", digest);
	return fp_file_read_open(file, module->fd, error);
}

static void write_digest(char *text, const struct fp_file *file)
{
	uint8_t digest[32];

	fp_module_digest(file->bytes, file->len, digest);
	for (size_t i = 0; i < sizeof(digest); i++)
		snprintf(text + 2 * i, 3, "%02x", digest[i]);
}

static int add(struct fp_module_store *store, const char *digest, int fd, struct fp_error *error)
{
	struct fp_stored_module *larger = realloc(store->module, (store->count + 1) * sizeof(*larger));
	int copy;

	if (!larger)
		return fp_fail(error, "no memory for a module");
	store->module = larger;
	copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (copy < 0)
		return fp_fail(error, "a module cannot be kept: %s", strerror(errno));
	larger[store->count] = (struct fp_stored_module){.fd = copy};
	strcpy(larger[store->count++].digest, digest);
	return 0;
}

static int adopt_file(struct fp_module_store *store, json_t *options, const struct fp_control *control,
		      struct fp_error *error)
{
	json_int_t number = json_integer_value(json_object_get(options, "sealed"));
	char digest[FP_DIGEST_TEXT];
	struct fp_file file;

	if (number < 0)
		return fp_fail(error, "\"sealed\" is %lld; files are counted from 0", (long long)number);
	if (fp_control_read(control, (size_t)number, &file, error) < 0)
		return -1;
	write_digest(digest, &file);
	free(file.bytes);
	if (!fp_module_store_find(store, digest) && add(store, digest, control->file[number], error) < 0)
		return -1;
	json_object_del(options, "sealed");
	return json_object_set_new(options, "digest", json_string(digest));
}

static void adopt_digest(json_t *options, const char *name, const json_t *in_force)
{
	const json_t *node;
	size_t i;

	json_array_foreach (in_force, i, node) {
		const char *other = json_string_value(json_object_get(node, "name"));

		if (name && other && strcmp(name, other) == 0)
			json_object_set(options, "digest", json_object_get(json_object_get(node, "options"), "digest"));
	}
}

int fp_module_store_adopt(struct fp_module_store *store, json_t *nodes, const struct fp_module_sources *sources,
			  struct fp_error *error)
{
	json_t *node;
	size_t i;

	json_array_foreach (nodes, i, node) {
		json_t *options = json_object_get(node, "options");

		if (json_is_integer(json_object_get(options, "sealed")) &&
		    adopt_file(store, options, sources->control, error) < 0)
			return -1;
		if (json_is_true(json_object_get(options, "keep")) && !json_object_get(options, "digest"))
			adopt_digest(options, json_string_value(json_object_get(node, "name")), sources->in_force);
	}
	return 0;
}

void fp_module_store_tidy(struct fp_module_store *store, const json_t *nodes)
{
	const json_t *node;
	size_t i, kept = 0;

	for (i = 0; i < store->count; i++)
		store->module[i].wanted = false;
	json_array_foreach (nodes, i, node) {
		const char *digest = json_string_value(json_object_get(json_object_get(node, "options"), "digest"));
		struct fp_stored_module *module = digest ? fp_module_store_find(store, digest) : NULL;

		if (module)
			module->wanted = true;
	}
	for (i = 0; i < store->count; i++) {
		if (store->module[i].wanted)
			store->module[kept++] = store->module[i];
		else
			close(store->module[i].fd);
	}
	store->count = kept;
	if (kept == 0) {
		free(store->module);
		store->module = NULL;
	}
}
