/* SPDX-License-Identifier: Apache-2.0
 *
 * A tap's thread: from the rings to the capture. It alone waits for the file; a pipe that nobody reads does not keep it from
 * ending.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "tap.h"

#define NAP_NS 100000
#define LOOK_MS 50
#define PATIENCE_NS 2000000000ull /* with a pipe that nobody reads, once the tap is to end */
#define BUFFER 65536

/* Waits until the file takes something. */
static bool wait_for_room(const struct fp_tap *tap)
{
	struct pollfd poll_for = {.fd = tap->fd, .events = POLLOUT};
	uint64_t deadline = 0;

	while (!atomic_load_explicit(&tap->give_up, memory_order_relaxed)) {
		if (poll(&poll_for, 1, LOOK_MS) > 0)
			return true;
		if (!deadline && atomic_load_explicit(&tap->stop, memory_order_relaxed))
			deadline = fp_clock_ns() + PATIENCE_NS;
		if (deadline && fp_clock_ns() > deadline)
			break;
	}
	errno = ETIMEDOUT;
	return false;
}

/* A pipe that has room takes so many bytes at once. */
static ssize_t write_out(void *more, const char *bytes, size_t len)
{
	const struct fp_tap *tap = more;
	size_t done = 0;

	while (done < len && wait_for_room(tap)) {
		size_t most = tap->is_pipe && len - done > PIPE_BUF ? PIPE_BUF : len - done;
		ssize_t some = write(tap->fd, bytes + done, most);

		if (some < 0 && errno != EINTR && errno != EAGAIN)
			break;
		done += some > 0 ? (size_t)some : 0;
	}
	return (ssize_t)done;
}

static int close_file(void *more)
{
	return close(((const struct fp_tap *)more)->fd);
}

static bool is_enough(const struct fp_tap *tap)
{
	return tap->most && atomic_load_explicit(&tap->written, memory_order_relaxed) >= tap->most;
}

/* No more packets than are wanted. */
static uint32_t limit(const struct fp_tap *tap, uint32_t packets)
{
	uint64_t left = tap->most - atomic_load_explicit(&tap->written, memory_order_relaxed);

	packets = packets < FP_BATCH_MAX ? packets : FP_BATCH_MAX;
	return tap->most && left < packets ? (uint32_t)left : packets;
}

/* Writes some packets of a ring; returns how many, or -1. */
static int write_some(struct fp_tap *tap, struct fp_ring *ring)
{
	uint32_t packets = limit(tap, fp_ring_waiting(ring));
	struct fp_burst burst;

	if (packets == 0)
		return 0;
	fp_ring_show(ring, packets, &burst);
	if (fp_capture_write(tap->capture, &burst, &tap->failure) < 0)
		return -1;
	fp_ring_pop(ring, packets);
	atomic_fetch_add_explicit(&tap->written, packets, memory_order_relaxed);
	return (int)packets;
}

/* The same of all rings. */
static int write_round(struct fp_tap *tap)
{
	int total = 0;

	for (unsigned worker = 0; worker < FP_WORKERS_MAX; worker++) {
		struct fp_ring *ring = atomic_load_explicit(&tap->ring[worker], memory_order_acquire);
		int written = ring ? write_some(tap, ring) : 0;

		if (written < 0)
			return -1;
		total += written;
	}
	return total;
}

static void write_all(struct fp_tap *tap)
{
	while (!is_enough(tap)) {
		bool stop = atomic_load_explicit(&tap->stop, memory_order_acquire); /* before the rings: they hold all then */
		int written = write_round(tap);

		if (written < 0 || (written == 0 && fp_capture_flush(tap->capture, &tap->failure) < 0))
			return;
		if (written == 0 && stop)
			return;
		if (written == 0)
			nanosleep(&(struct timespec){.tv_nsec = NAP_NS}, NULL);
	}
}

/* What was in the file before goes only now: a tap that is refused changes nothing. */
static int empty_file(struct fp_tap *tap)
{
	if (tap->is_pipe || ftruncate(tap->fd, 0) == 0)
		return 0;
	return fp_fail(&tap->failure, "cannot write the capture: %s", strerror(errno));
}

static void *run(void *more)
{
	struct fp_tap *tap = more;
	struct fp_error error = {0};

	if (empty_file(tap) == 0)
		write_all(tap);
	atomic_store_explicit(&tap->closed, true, memory_order_relaxed);
	if (fp_capture_close(tap->capture, &error) < 0 && !tap->failure.text[0])
		tap->failure = error;
	atomic_store_explicit(&tap->finished, true, memory_order_release);
	return NULL;
}

/* Signals for the process are the control thread's. */
static int start_thread(struct fp_tap *tap)
{
	pthread_attr_t detached;
	pthread_t thread;
	sigset_t all, before;
	int failed;

	pthread_attr_init(&detached);
	pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(&thread, &detached, run, tap);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&detached);
	return failed;
}

static int check_file(struct fp_tap *tap, int fd, struct fp_error *error)
{
	struct stat status;
	int flags = fcntl(fd, F_GETFL);

	if (flags < 0 || fstat(fd, &status) < 0)
		return fp_fail(error, "the capture's file: %s", strerror(errno));
	tap->is_pipe = S_ISFIFO(status.st_mode);
	if (!tap->is_pipe && !S_ISREG(status.st_mode))
		return fp_fail(error, "the capture must be a file or a pipe");
	if ((flags & O_ACCMODE) == O_RDONLY)
		return fp_fail(error, "the capture's file is open for reading only");
	return 0;
}

static FILE *open_stream(struct fp_tap *tap)
{
	FILE *file = fopencookie(tap, "w", (cookie_io_functions_t){.write = write_out, .close = close_file});

	if (file)
		setvbuf(file, NULL, _IOFBF, BUFFER);
	return file;
}

int fp_tap_start(struct fp_tap *tap, int fd, struct fp_error *error)
{
	FILE *file;
	int failed;

	if (check_file(tap, fd, error) < 0)
		return -1;
	tap->fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (tap->fd < 0)
		return fp_fail(error, "the capture's file: %s", strerror(errno));
	file = open_stream(tap);
	if (!file) {
		close(tap->fd);
		return fp_fail(error, "no memory for the tap");
	}
	tap->capture = fp_capture_adopt(file, "the capture", error);
	if (!tap->capture)
		return -1;
	failed = start_thread(tap);
	if (!failed)
		return 0;
	atomic_store(&tap->give_up, true);
	fp_capture_close(tap->capture, error);
	return fp_fail(error, "cannot start the tap's thread: %s", strerror(failed));
}
