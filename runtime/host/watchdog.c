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

/* A thread that calls modules. */
struct watched {
	pthread_t thread;
	clockid_t clock; /* its processor time */
	const struct fp_context *context;
	uint64_t seen;	/* sequence of the call it was last seen in */
	uint64_t since; /* its processor time then */
};

static struct {
	pthread_t thread;
	pthread_mutex_t lock; /* of watched[] and count */
	struct watched watched[FP_WATCHED_MAX];
	unsigned count;
	uint64_t period_ns;
	atomic_bool stop;
	bool running;
} watchdog = {.lock = PTHREAD_MUTEX_INITIALIZER};

static uint64_t time_of(const struct watched *watched)
{
	struct timespec time = {0};

	clock_gettime(watched->clock, &time);
	return (uint64_t)time.tv_sec * NS_PER_S + (uint64_t)time.tv_nsec;
}

static void ask_for_end(const struct watched *watched, uint64_t sequence)
{
	pthread_sigqueue(watched->thread, FP_PREEMPT_SIGNAL, (union sigval){.sival_ptr = (void *)sequence});
}

static void sleep_period(void)
{
	struct timespec period = {.tv_sec = (time_t)(watchdog.period_ns / NS_PER_S),
				  .tv_nsec = (long)(watchdog.period_ns % NS_PER_S)};

	nanosleep(&period, NULL);
}

static void look_at(struct watched *watched)
{
	uint64_t sequence = watched->context->sequence;

	if (sequence % 2 == 0)
		return;
	if (sequence != watched->seen) {
		watched->seen = sequence;
		watched->since = time_of(watched);
	} else if (time_of(watched) - watched->since >= watched->context->budget_ns) {
		ask_for_end(watched, sequence);
	}
}

static void *watch(void *unused)
{
	(void)unused;
	while (!atomic_load(&watchdog.stop)) {
		pthread_mutex_lock(&watchdog.lock);
		for (unsigned i = 0; i < watchdog.count; i++)
			look_at(&watchdog.watched[i]);
		pthread_mutex_unlock(&watchdog.lock);
		sleep_period();
	}
	return NULL;
}

int fp_watchdog_watch(struct fp_error *error)
{
	struct watched self = {.thread = pthread_self(), .context = &fp_context};
	int failed = pthread_getcpuclockid(self.thread, &self.clock);

	if (failed)
		return fp_fail(error, "cannot read this thread's processor time: %s", strerror(failed));
	pthread_mutex_lock(&watchdog.lock);
	failed = watchdog.count == FP_WATCHED_MAX;
	if (!failed)
		watchdog.watched[watchdog.count++] = self;
	pthread_mutex_unlock(&watchdog.lock);
	return failed ? fp_fail(error, "more than %d threads that call modules", FP_WATCHED_MAX) : 0;
}

void fp_watchdog_forget(void)
{
	pthread_mutex_lock(&watchdog.lock);
	for (unsigned i = 0; i < watchdog.count; i++)
		if (watchdog.watched[i].context == &fp_context)
			watchdog.watched[i] = watchdog.watched[--watchdog.count];
	pthread_mutex_unlock(&watchdog.lock);
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

	watchdog.period_ns = period_ns;
	atomic_store(&watchdog.stop, false);
	if (fp_watchdog_watch(error) < 0)
		return -1;
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
	fp_watchdog_forget();
}
