/* SPDX-License-Identifier: Apache-2.0 */
#include "dpdk_eal.h"

#include <ctype.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rte_eal.h>
#include <rte_errno.h>
#include <rte_lcore.h>

#include "dpdk_log.h"
#include "port.h"

#define WORDS_MAX 64
#define TEXT_MAX 4096

const char *const fp_port_no_dpdk = NULL;

/* EAL belongs to the process, and so does this. */
static struct {
	char text[TEXT_MAX]; /* of the user's words */
	size_t used;
	char *word[WORDS_MAX];
	int count;
	enum { EAL_NEW, EAL_RUNS, EAL_FAILED } state; /* it starts once only, whatever comes of that */
} eal;

/* What EAL is told unless one of the user's words, which begins as one of `unless` does, decides the matter. */
static const struct {
	char *word[2];
	const char *unless[6];
} defaults[] = {
	{{"--no-telemetry"}, {"--telemetry"}},
	{{"--no-shconf"}, {"--in-memory", "--file-prefix", "--proc-type"}},
	{{"--no-huge"}, {"--in-memory", "--huge-", "--socket-", "--single-file-segments", "--legacy-mem"}},
	{{"-m", "64"}, {"-m", "--in-memory", "--huge-", "--socket-"}},
	{{"--no-pci"}, {"-a", "-b", "--allow", "--block"}},
};

static bool begins_with_any(const char *word, const char *const *starts)
{
	for (; *starts; starts++)
		if (strncmp(word, *starts, strlen(*starts)) == 0)
			return true;
	return false;
}

static bool has_word(const char *const *starts)
{
	for (int i = 0; i < eal.count; i++)
		if (begins_with_any(eal.word[i], starts))
			return true;
	return false;
}

/* EAL answers these by ending the process. getopt() takes abbreviations, and several letters in one word. */
static bool asks_for_help(const char *word)
{
	if (strncmp(word, "--h", 3) == 0)
		return strncmp(word, "--help", strlen(word)) == 0;
	return word[0] == '-' && word[1 + strspn(word + 1, "v")] == 'h';
}

static int add_word(const char *where, const char *start, size_t len, struct fp_error *error)
{
	if (eal.count == WORDS_MAX || len >= TEXT_MAX - eal.used)
		return fp_fail(error, "configuration: %s.eal is too long: at most %d words of %d bytes together", where,
			       WORDS_MAX, TEXT_MAX);
	eal.word[eal.count] = memcpy(eal.text + eal.used, start, len);
	eal.text[eal.used + len] = 0;
	eal.used += len + 1;
	if (asks_for_help(eal.word[eal.count]))
		return fp_fail(error, "configuration: %s.eal asks for help (%s); see `dpdk-testpmd --help`", where,
			       eal.word[eal.count]);
	eal.count++;
	return 0;
}

static int add_words(const char *where, const char *words, struct fp_error *error)
{
	while (*(words += strspn(words, " \t\n"))) {
		size_t len = strcspn(words, " \t\n");

		if (add_word(where, words, len, error) < 0)
			return -1;
		words += len;
	}
	return 0;
}

/* 0000:01:00.0 and 01:00.0, which no virtual device looks like. */
static bool is_pci(const char *device)
{
	return isxdigit((unsigned char)device[0]) && strcspn(device, ":") < strcspn(device, ",=");
}

int fp_dpdk_eal_want(const char *where, const char *device, const char *words, struct fp_error *error)
{
	if (words && eal.state != EAL_NEW)
		return fp_fail(error, "configuration: %s.eal comes too late: DPDK has been started already", where);
	if (is_pci(device) && eal.state == EAL_NEW && (add_word(where, "-a", 2, error) < 0 || add_word(where, device, strlen(device), error) < 0))
		return -1;
	return words ? add_words(where, words, error) : 0;
}

int fp_dpdk_fail(struct fp_error *error, const char *format, ...)
{
	char text[sizeof(error->text)], said[200];
	va_list more;

	va_start(more, format);
	vsnprintf(text, sizeof(text), format, more);
	va_end(more);
	fp_dpdk_log_take(said, sizeof(said));
	return fp_fail(error, "%.300s%s%s", text, *said ? "; DPDK says: " : "", said);
}

/* "0@(1,3)": lcore 0 on the processors this thread may use. */
static void describe_lcore(char *text, size_t size, const cpu_set_t *processors)
{
	size_t used = (size_t)snprintf(text, size, "0@(");

	for (int i = 0; i < CPU_SETSIZE && used < size; i++)
		if (CPU_ISSET(i, processors))
			used += (size_t)snprintf(text + used, size - used, "%s%d", text[used - 1] == '(' ? "" : ",", i);
	if (used < size)
		snprintf(text + used, size - used, ")");
}

static int start(const cpu_set_t *processors)
{
	static const char *const lcore_words[] = {"-l", "-c", "--lcores", NULL};
	static char program[] = "fphost", lcores_word[] = "--lcores", lcores[CPU_SETSIZE * 5];
	char *word[3 + 2 * sizeof(defaults) / sizeof(defaults[0]) + WORDS_MAX + 1] = {program};
	int count = 1;

	for (size_t i = 0; i < sizeof(defaults) / sizeof(defaults[0]); i++)
		for (int part = 0; part < 2 && defaults[i].word[part] && !has_word(defaults[i].unless); part++)
			word[count++] = defaults[i].word[part];
	if (!has_word(lcore_words)) {
		describe_lcore(lcores, sizeof(lcores), processors);
		word[count++] = lcores_word;
		word[count++] = lcores;
	}
	for (int i = 0; i < eal.count; i++)
		word[count++] = eal.word[i];
	return fp_dpdk_log_during(rte_eal_init, count, word);
}

/* EAL binds this thread to its lcore, and starts threads, which inherit the signals that are blocked. */
static int start_aside(struct fp_error *error)
{
	cpu_set_t processors;
	sigset_t all, before;
	int status, reason;

	if (sched_getaffinity(0, sizeof(processors), &processors) < 0)
		return fp_fail(error, "cannot tell the processors of this thread: %s", strerror(errno));
	if (fp_dpdk_log_open(error) < 0)
		return -1;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	status = start(&processors);
	reason = rte_errno;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	sched_setaffinity(0, sizeof(processors), &processors);
	if (status < 0)
		return fp_dpdk_fail(error, "DPDK does not start: %s", rte_strerror(reason));
	return 0;
}

/* Of the threads that have entered, one at a time; by lcore. */
static pthread_t entered[RTE_MAX_LCORE];
static bool is_entered[RTE_MAX_LCORE];

/* A thread that is none of EAL's becomes one of its lcores, if there is one left. */
void fp_port_enter_thread(void)
{
	unsigned lcore = rte_lcore_id();

	if (lcore == LCORE_ID_ANY && rte_thread_register() == 0)
		lcore = rte_lcore_id();
	if (lcore >= RTE_MAX_LCORE)
		return;
	entered[lcore] = pthread_self();
	is_entered[lcore] = true;
}

unsigned fp_dpdk_eal_lcore(pthread_t thread)
{
	for (unsigned i = 0; i < RTE_MAX_LCORE; i++)
		if (is_entered[i] && entered[i] == thread)
			return i;
	return LCORE_ID_ANY;
}

static void clean_up(void)
{
	rte_eal_cleanup();
}

int fp_dpdk_eal_start(struct fp_error *error)
{
	if (eal.state == EAL_FAILED)
		return fp_fail(error, "DPDK did not start, and can be started only once in a process");
	if (eal.state == EAL_RUNS)
		return 0;
	eal.state = EAL_FAILED;
	if (start_aside(error) < 0)
		return -1;
	eal.state = EAL_RUNS;
	fp_port_enter_thread();
	atexit(clean_up);
	return 0;
}
