/* SPDX-License-Identifier: Apache-2.0 */
#include "dpdk_log.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <rte_log.h>

/* DPDK logs from threads of its own, too. */
static struct {
	pthread_mutex_t lock;
	char text[200];
} first = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void keep(const char *text, size_t size)
{
	while (size > 0 && (text[size - 1] == '\n' || text[size - 1] == ' '))
		size--;
	if (size == 0)
		return;
	pthread_mutex_lock(&first.lock);
	if (!first.text[0])
		snprintf(first.text, sizeof(first.text), "%.*s", (int)size, text);
	pthread_mutex_unlock(&first.lock);
}

static ssize_t write_log(void *unused, const char *text, size_t size)
{
	(void)unused;
	if (rte_log_cur_msg_loglevel() > (int)RTE_LOG_WARNING)
		return (ssize_t)size;
	keep(text, size);
	fprintf(stderr, "fphost: DPDK: %.*s%s", (int)size, text, size && text[size - 1] == '\n' ? "" : "\n");
	return (ssize_t)size;
}

int fp_dpdk_log_open(struct fp_error *error)
{
	FILE *stream = fopencookie(NULL, "w", (cookie_io_functions_t){.write = write_log});

	if (!stream)
		return fp_fail(error, "no memory for DPDK's log");
	setvbuf(stream, NULL, _IONBF, 0);
	return rte_openlog_stream(stream);
}

void fp_dpdk_log_forget(void)
{
	pthread_mutex_lock(&first.lock);
	first.text[0] = 0;
	pthread_mutex_unlock(&first.lock);
}

void fp_dpdk_log_take(char *text, size_t size)
{
	pthread_mutex_lock(&first.lock);
	snprintf(text, size, "%s", first.text);
	first.text[0] = 0;
	pthread_mutex_unlock(&first.lock);
}

/* Shows what was written to `file`. Its first line is getopt()'s, if that found something, and begins with the
 * program's name; it came before all that was logged. */
static void show_complaints(int file, bool keeps)
{
	static const char ours[] = "fphost: ", logged[] = "fphost: DPDK: ";
	char text[4096];
	ssize_t size = pread(file, text, sizeof(text) - 1, 0);

	if (size <= 0)
		return;
	text[size] = 0;
	fputs(text, stderr);
	if (!keeps || strncmp(text, ours, strlen(ours)) != 0 || strncmp(text, logged, strlen(logged)) == 0)
		return;
	fp_dpdk_log_forget();
	keep(text + strlen(ours), strcspn(text, "\n") - strlen(ours));
}

int fp_dpdk_log_during(int (*function)(int count, char **words), int count, char **words)
{
	int file[] = {memfd_create("usage", MFD_CLOEXEC), memfd_create("complaints", MFD_CLOEXEC)};
	int kept[] = {dup(STDOUT_FILENO), dup(STDERR_FILENO)};
	int status;

	fflush(stdout);
	for (int i = 0; i < 2; i++)
		dup2(file[i], STDOUT_FILENO + i);
	status = function(count, words);
	fflush(stdout);
	for (int i = 0; i < 2; i++)
		dup2(kept[i], STDOUT_FILENO + i);
	show_complaints(file[1], status < 0);
	for (int i = 0; i < 2; i++) {
		close(file[i]);
		close(kept[i]);
	}
	return status;
}
