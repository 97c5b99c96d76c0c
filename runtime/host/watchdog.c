/* SPDX-License-Identifier: Apache-2.0
 *
 * The watched thread only counts its calls (context->sequence): no clock is read on its path. The
 * watchdog notes when it first saw a call and asks for its end once the budget has gone by; it keeps
 * asking until the call is over, as a request that meets host code may come too late to be seen.
 */
#include "watchdog.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "contain.h"
#include "context.h"

#define NS_PER_S 1000000000ull

static struct {
	pthread_t thread;
	pthread_t watched;
	clockid_t clock; /* the watched thread's processor time */
	const struct fp_context *context;
	uint64_t period_ns;
	atomic_bool stop;
	bool running;
} watchdog;

static uint64_t watched_time(void)
{
	struct timespec time = {0};

	clock_gettime(watchdog.clock, &time);
	return (uint64_t)time.tv_sec * NS_PER_S + (uint64_t)time.tv_nsec;
}

static void ask_for_end(uint64_t sequence)
{
	pthread_sigqueue(watchdog.watched, FP_PREEMPT_SIGNAL, (union sigval){.sival_ptr = (void *)sequence});
}

static void sleep_period(void)
{
	struct timespec period = {.tv_sec = (time_t)(watchdog.period_ns / NS_PER_S),
				  .tv_nsec = (long)(watchdog.period_ns % NS_PER_S)};

	nanosleep(&period, NULL);
}

static void *watch(void *unused)
{
	uint64_t seen = 0, since = 0;

	(void)unused;
	while (!atomic_load(&watchdog.stop)) {
		uint64_t sequence = watchdog.context->sequence;

		if (sequence % 2 && sequence != seen) {
			seen = sequence;
			since = watched_time();
		} else if (sequence % 2 && watched_time() - since >= watchdog.context->budget_ns) {
			ask_for_end(sequence);
		}
		sleep_period();
	}
	return NULL;
}

/* The thread must not take signals meant for the worker or the process. */
static int start_thread(void)
{
	sigset_t all, before;
	int failed;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(&watchdog.thread, NULL, watch, NULL);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return failed;
}

int fp_watchdog_start(uint64_t period_ns, struct fp_error *error)
{
	int failed;

	watchdog.watched = pthread_self();
	watchdog.context = &fp_context;
	watchdog.period_ns = period_ns;
	atomic_store(&watchdog.stop, false);
	failed = pthread_getcpuclockid(watchdog.watched, &watchdog.clock);
	if (!failed)
		failed = start_thread();
	if (failed)
		return fp_fail(error, "cannot start the watchdog thread: %s", strerror(failed));
	watchdog.running = true;
	return 0;
}

void fp_watchdog_stop(void)
{
	if (!watchdog.running)
		return;
	atomic_store(&watchdog.stop, true);
	pthread_join(watchdog.thread, NULL);
	watchdog.running = false;
}
