/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *type_name(const json_t *value)
{
	static const char *const names[] = {
		[JSON_OBJECT] = "an object", [JSON_ARRAY] = "an array", [JSON_STRING] = "a string",
		[JSON_INTEGER] = "an integer", [JSON_REAL] = "a number with a fraction", [JSON_TRUE] = "true",
		[JSON_FALSE] = "false", [JSON_NULL] = "null",
	};

	return names[json_typeof(value)];
}

static int fail_at(struct fp_error *error, const char *where, const struct fp_option *option, const char *reason)
{
	return fp_fail(error, "configuration: %s%s%s %s", where, *where ? "." : "", option->key, reason);
}

static int fail_type(struct fp_error *error, const char *where, const struct fp_option *option, const char *wanted,
		     const json_t *value)
{
	char reason[100];

	snprintf(reason, sizeof(reason), "must be %s, not %s", wanted, type_name(value));
	return fail_at(error, where, option, reason);
}

static int read_text(const json_t *value, const char *where, const struct fp_option *option, struct fp_error *error)
{
	if (!json_is_string(value))
		return fail_type(error, where, option, "a string", value);
	if (json_string_length(value) == 0)
		return fail_at(error, where, option, "must not be empty");
	*(const char **)option->target = json_string_value(value);
	return 0;
}

static int read_path(const json_t *value, const char *where, const struct fp_option *option, struct fp_error *error)
{
	return json_is_null(value) ? 0 : read_text(value, where, option, error);
}

static int check_range(int64_t number, const char *what, const char *where, const struct fp_option *option,
		       struct fp_error *error)
{
	char reason[120];

	if (number >= option->min && number <= option->max)
		return 0;
	snprintf(reason, sizeof(reason), "is %lld%s; allowed are %lld to %lld", (long long)number, what,
		 (long long)option->min, (long long)option->max);
	return fail_at(error, where, option, reason);
}

static int read_integer(const json_t *value, const char *where, const struct fp_option *option, struct fp_error *error)
{
	if (!json_is_integer(value))
		return fail_type(error, where, option, "an integer", value);
	*(int64_t *)option->target = json_integer_value(value);
	return check_range(json_integer_value(value), "", where, option, error);
}

static int read_boolean(const json_t *value, const char *where, const struct fp_option *option, struct fp_error *error)
{
	if (!json_is_boolean(value))
		return fail_type(error, where, option, "true or false", value);
	*(bool *)option->target = json_is_true(value);
	return 0;
}

static int read_object(const json_t *value, const char *where, const struct fp_option *option, struct fp_error *error)
{
	if (!json_is_object(value))
		return fail_type(error, where, option, "an object", value);
	*(const json_t **)option->target = value;
	return 0;
}

static int read_array(const json_t *value, const char *where, const struct fp_option *option, struct fp_error *error)
{
	if (!json_is_array(value))
		return fail_type(error, where, option, "an array", value);
	*(const json_t **)option->target = value;
	return check_range((int64_t)json_array_size(value), " elements long", where, option, error);
}

static int (*const readers[])(const json_t *, const char *, const struct fp_option *, struct fp_error *) = {
	[FP_OPTION_TEXT] = read_text,	    [FP_OPTION_PATH] = read_path,     [FP_OPTION_INTEGER] = read_integer,
	[FP_OPTION_BOOLEAN] = read_boolean, [FP_OPTION_OBJECT] = read_object, [FP_OPTION_ARRAY] = read_array,
};

static const struct fp_option *find(const char *key, const struct fp_option *options, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(options[i].key, key) == 0)
			return &options[i];
	return NULL;
}

/* "a, b, c" of the keys that exist, for the message about one that does not. */
static void list_keys(char *text, size_t size, const struct fp_option *options, size_t count)
{
	size_t used = 0;

	text[0] = 0;
	for (size_t i = 0; i < count && used < size; i++)
		used += (size_t)snprintf(text + used, size - used, "%s%s", i ? ", " : "", options[i].key);
}

static int check_keys(const json_t *object, const char *where, const struct fp_option *options, size_t count,
		      struct fp_error *error)
{
	const char *key;
	json_t *value;
	char known[256];

	json_object_foreach((json_t *)object, key, value)
	{
		if (find(key, options, count))
			continue;
		list_keys(known, sizeof(known), options, count);
		return fp_fail(error, "configuration: %s%s%s is not a known key; known here: %s", where, *where ? "." : "", key,
			       known);
	}
	return 0;
}

int fp_options_read(const json_t *object, const char *where, const struct fp_option *options, size_t count,
		    struct fp_error *error)
{
	if (!object)
		return fp_fail(error, "configuration: %s is missing", *where ? where : "it");
	if (!json_is_object(object))
		return fp_fail(error, "configuration: %s must be an object, not %s", *where ? where : "the top",
			       type_name(object));
	if (check_keys(object, where, options, count, error) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		const json_t *value = json_object_get(object, options[i].key);

		if (!value && options[i].required)
			return fail_at(error, where, &options[i], "is missing");
		if (value && readers[options[i].type](value, where, &options[i], error) < 0)
			return -1;
	}
	return 0;
}

int fp_options_copy_name(char *to, size_t size, const char *name, const char *where, struct fp_error *error)
{
	if (strlen(name) >= size)
		return fp_fail(error, "configuration: %s.name has %zu bytes; at most %zu are allowed", where, strlen(name),
			       size - 1);
	for (const char *at = name; *at; at++)
		if ((unsigned char)*at < 0x20 || *at == 0x7f)
			return fp_fail(error, "configuration: %s.name holds a control character", where);
	strcpy(to, name);
	return 0;
}

static json_t *parsed(json_t *root, const char *name, const json_error_t *reason, struct fp_error *error)
{
	if (!root)
		fp_fail(error, "%s:%d:%d: not valid JSON: %s", name, reason->line, reason->column, reason->text);
	return root;
}

static json_t *load_socket(struct fp_control *control, struct fp_error *error)
{
	json_error_t reason;

	if (fp_control_receive(control, STDIN_FILENO, error) < 0)
		return NULL;
	return parsed(json_loadb(control->text, control->len, JSON_REJECT_DUPLICATES, &reason), "control socket",
		      &reason, error);
}

json_t *fp_options_load(const char *path, struct fp_control *control, struct fp_error *error)
{
	bool is_stdin = strcmp(path, "-") == 0;
	json_error_t reason;
	json_t *root;
	FILE *file;

	*control = (struct fp_control){0};
	if (is_stdin && fp_control_is_socket(STDIN_FILENO))
		return load_socket(control, error);
	file = is_stdin ? stdin : fopen(path, "r");
	if (!file) {
		fp_fail(error, "%s: %s", path, strerror(errno));
		return NULL;
	}
	root = parsed(json_loadf(file, JSON_REJECT_DUPLICATES, &reason), is_stdin ? "standard input" : path, &reason,
		      error);
	if (!is_stdin)
		fclose(file);
	return root;
}
