/* SPDX-License-Identifier: Apache-2.0 */
#include "manifest.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include <fastpaas/abi.h>

#define MANIFEST_MAX 0x100000 /* bytes; real ones have a few thousand */
#define DEPTH_MAX 16	      /* jansson recurses, and allows 2,048 */

static const char *const mode_names[] = {
	[FP_MODE_NONE] = "none",
	[FP_MODE_WONLY] = "wonly",
	[FP_MODE_RW] = "rw",
	[FP_MODE_POINTER] = "pointer",
};
#define MODE_COUNT (sizeof(mode_names) / sizeof(mode_names[0]))

/* How guards may be realised for this host to run them safely: a lowering that needs more of the host
 * than calling the module (a segment base, bound registers) must not load until the host does it. */
static const struct lowering {
	const char *name;
	bool guards;
	bool uses_segment;
	bool uses_bounds;
} lowerings[] = {
	{ "none", false, false, false },
	{ "compare", true, false, false },
	{ "segment", true, true, false },
	{ "mpx", true, false, true },
};
#define LOWERING_COUNT (sizeof(lowerings) / sizeof(lowerings[0]))

const char *fp_mode_name(enum fp_mode mode)
{
	return mode_names[mode];
}

/* Deepest nesting of brackets outside strings. */
static unsigned nesting(const char *text, size_t len)
{
	unsigned depth = 0, deepest = 0;
	bool quoted = false;

	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\\')
			i++;
		else if (text[i] == '"')
			quoted = !quoted;
		else if (!quoted && (text[i] == '{' || text[i] == '['))
			deepest = ++depth > deepest ? depth : deepest;
		else if (!quoted && depth && (text[i] == '}' || text[i] == ']'))
			depth--;
	}
	return deepest;
}

static json_t *parse(const char *text, size_t len, struct fp_error *error)
{
	json_error_t reason;
	json_t *json;

	if (len > MANIFEST_MAX) {
		fp_fail(error, "manifest: %zu bytes, more than %d", len, MANIFEST_MAX);
		return NULL;
	}
	if (nesting(text, len) > DEPTH_MAX) {
		fp_fail(error, "manifest: nested deeper than %d", DEPTH_MAX);
		return NULL;
	}
	json = json_loadb(text, len, JSON_REJECT_DUPLICATES, &reason);
	if (!json)
		fp_fail(error, "manifest: line %d, column %d: %s", reason.line, reason.column, reason.text);
	return json;
}

static int read_abi(const json_t *json, struct fp_error *error)
{
	const json_t *abi = json_object_get(json, "abi");

	if (!json_is_integer(abi))
		return fp_fail(error, "manifest: \"abi\" is not an integer");
	if (json_integer_value(abi) != FP_ABI_VERSION)
		return fp_fail(error, "manifest: ABI version %lld, this host has %d: rebuild the module with this release's fpcc",
			       (long long)json_integer_value(abi), FP_ABI_VERSION);
	return 0;
}

static bool name_character(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
	       c == '.';
}

/* Names stand in reports, logs and file names. */
static int read_name(const json_t *json, char *name, size_t size, struct fp_error *error)
{
	const char *text = json_string_value(json_object_get(json, "name"));

	if (!text)
		return fp_fail(error, "manifest: \"name\" is not a string");
	if (!*text || strlen(text) >= size)
		return fp_fail(error, "manifest: \"name\" has %zu characters, not 1 to %zu", strlen(text), size - 1);
	for (const char *c = text; *c; c++) {
		if (!name_character(*c))
			return fp_fail(error, "manifest: \"name\" `%s` has characters other than A-Z a-z 0-9 _ - .", text);
	}
	snprintf(name, size, "%s", text);
	return 0;
}

static int read_mode(const json_t *json, enum fp_mode *mode, struct fp_error *error)
{
	const char *text = json_string_value(json_object_get(json, "mode"));

	if (!text)
		return fp_fail(error, "manifest: \"mode\" is not a string");
	for (unsigned i = 0; i < MODE_COUNT; i++) {
		if (!strcmp(text, mode_names[i])) {
			*mode = i;
			return 0;
		}
	}
	return fp_fail(error, "manifest: unknown mode `%.64s`", text);
}

static int read_lowering(const json_t *json, struct fp_manifest *manifest, struct fp_error *error)
{
	const char *text = json_string_value(json_object_get(json, "lowering"));

	if (!text)
		return fp_fail(error, "manifest: \"lowering\" is not a string");
	for (size_t i = 0; i < LOWERING_COUNT; i++) {
		if (strcmp(text, lowerings[i].name))
			continue;
		if (manifest->mode != FP_MODE_NONE && !lowerings[i].guards)
			return fp_fail(error, "manifest: mode %s with lowering `%s`, which guards nothing",
				       fp_mode_name(manifest->mode), text);
		manifest->uses_segment = lowerings[i].uses_segment;
		manifest->uses_bounds = lowerings[i].uses_bounds;
		snprintf(manifest->lowering, sizeof(manifest->lowering), "%s", text);
		return 0;
	}
	return fp_fail(error, "manifest: lowering `%.64s` is not one this host can run", text);
}

static int check_imports(const json_t *json, struct fp_error *error)
{
	const json_t *imports = json_object_get(json, "imports");
	const json_t *import;
	size_t i;

	if (!json_is_array(imports))
		return fp_fail(error, "manifest: \"imports\" is not a list");
	json_array_foreach (imports, i, import) {
		if (!json_is_string(import))
			return fp_fail(error, "manifest: \"imports\"[%zu] is not a string", i);
	}
	return 0;
}

static int read_fields(struct fp_manifest *manifest, const json_t *json, struct fp_error *error)
{
	if (!json_is_object(json))
		return fp_fail(error, "manifest: not a JSON object");
	if (read_abi(json, error) || read_name(json, manifest->name, sizeof(manifest->name), error))
		return -1;
	if (read_mode(json, &manifest->mode, error) || read_lowering(json, manifest, error))
		return -1;
	return check_imports(json, error);
}

int fp_manifest_read(struct fp_manifest *manifest, const char *text, size_t len, struct fp_error *error)
{
	json_t *json = parse(text, len, error);

	*manifest = (struct fp_manifest){ .json = json };
	if (!json)
		return -1;
	if (read_fields(manifest, json, error) == 0)
		return 0;
	fp_manifest_close(manifest);
	return -1;
}

void fp_manifest_close(struct fp_manifest *manifest)
{
	json_decref(manifest->json);
	manifest->json = NULL;
}

bool fp_manifest_lists_import(const struct fp_manifest *manifest, const char *name)
{
	const json_t *imports = json_object_get(manifest->json, "imports");
	const json_t *import;
	size_t i;

	json_array_foreach (imports, i, import) {
		if (!strcmp(json_string_value(import), name))
			return true;
	}
	return false;
}
