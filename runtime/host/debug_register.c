/* SPDX-License-Identifier: Apache-2.0 */
#include "debug_register.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "debug_image.h"
#include "perf_map.h"

/* gdb's JIT interface (its manual, chapter "JIT Compilation Interface"): names and layout are gdb's. */
enum jit_action { JIT_NOACTION, JIT_REGISTER_FN, JIT_UNREGISTER_FN };

struct jit_code_entry {
	struct jit_code_entry *next_entry;
	struct jit_code_entry *prev_entry;
	const char *symfile_addr;
	uint64_t symfile_size;
};

struct jit_descriptor {
	uint32_t version;
	uint32_t action_flag;
	struct jit_code_entry *relevant_entry;
	struct jit_code_entry *first_entry;
};

/* Optimisation across files must not take them for things that nobody else looks at. */
#define SEEN_BY_GDB __attribute__((used, externally_visible))

SEEN_BY_GDB struct jit_descriptor __jit_debug_descriptor = { 1, JIT_NOACTION, NULL, NULL };
SEEN_BY_GDB void __jit_debug_register_code(void);

/* gdb puts a breakpoint here; it must be called, and it must exist. */
void __attribute__((noipa)) __jit_debug_register_code(void)
{
	__asm__ volatile("" ::: "memory");
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of the descriptor and its list */

static void tell_gdb(enum jit_action action, struct jit_code_entry *entry)
{
	__jit_debug_descriptor.action_flag = action;
	__jit_debug_descriptor.relevant_entry = entry;
	__jit_debug_register_code();
	__jit_debug_descriptor.action_flag = JIT_NOACTION;
}

static void add_entry(struct jit_code_entry *entry)
{
	pthread_mutex_lock(&lock);
	entry->next_entry = __jit_debug_descriptor.first_entry;
	if (entry->next_entry)
		entry->next_entry->prev_entry = entry;
	__jit_debug_descriptor.first_entry = entry;
	tell_gdb(JIT_REGISTER_FN, entry);
	pthread_mutex_unlock(&lock);
}

static void remove_entry(struct jit_code_entry *entry)
{
	pthread_mutex_lock(&lock);
	if (entry->prev_entry)
		entry->prev_entry->next_entry = entry->next_entry;
	else
		__jit_debug_descriptor.first_entry = entry->next_entry;
	if (entry->next_entry)
		entry->next_entry->prev_entry = entry->prev_entry;
	tell_gdb(JIT_UNREGISTER_FN, entry);
	pthread_mutex_unlock(&lock);
}

static bool wanted(const char *variable)
{
	const char *value = getenv(variable);

	return value && !strcmp(value, "1");
}

/* An entry followed by the copy it describes, or NULL. */
static struct jit_code_entry *make_entry(const struct fp_bytes *file, const uint8_t *base, struct fp_error *error)
{
	struct jit_code_entry *entry = calloc(1, sizeof(*entry) + file->len);

	if (!entry) {
		fp_fail(error, "out of memory for a copy of %zu bytes", file->len);
		return NULL;
	}
	struct fp_bytes copy = { (uint8_t *)(entry + 1), file->len };

	memcpy(copy.start, file->start, copy.len);
	entry->symfile_addr = (const char *)copy.start;
	entry->symfile_size = copy.len;
	if (fp_debug_image_move(&copy, (uintptr_t)base, error) == 0)
		return entry;
	free(entry);
	return NULL;
}

static struct jit_code_entry *register_with_gdb(const char *name, const uint8_t *base, const struct fp_bytes *file)
{
	struct fp_error error;
	struct jit_code_entry *entry = make_entry(file, base, &error);

	if (entry)
		add_entry(entry);
	else
		fprintf(stderr, "module `%s` is not shown to debuggers: %s\n", name, error.text);
	return entry;
}

void *fp_debug_register(const char *name, const uint8_t *base, const uint8_t *bytes, size_t len)
{
	const struct fp_bytes file = { (uint8_t *)(uintptr_t)bytes, len }; /* only the copy is written to */
	struct fp_error error;

	if (wanted("FASTPAAS_PERF_MAP") && fp_perf_map_write(name, base, &file, &error))
		fprintf(stderr, "module `%s` is not shown to profilers: %s\n", name, error.text);
	return wanted("FASTPAAS_DEBUG") ? register_with_gdb(name, base, &file) : NULL;
}

void fp_debug_unregister(void *registration)
{
	if (!registration)
		return;
	remove_entry(registration);
	free(registration);
}
