/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs one NF outside fphost, for tests: linked with the NF's source and sanitizers into a program that
 * reads requests from stdin and answers on stdout. Every request runs in a child of its own, so that the
 * NF starts fresh and a crash ends only the child. Every packet and the argument file lie in buffers of
 * exactly their size: one byte too far is a sanitizer report.
 *
 * Integers are little-endian, as on the machine.
 *   request   u32 bytes of arguments, arguments, u32 packets a batch, u32 packets, then for each packet
 *             u64 timestamp, u16 port, u32 bytes, frame
 *   answer    u32 status, u32 bytes of log, log, u32 counters, then for each name[32], u64 value;
 *             u32 packets, then for each u16 gate, u32 bytes, frame
 * The log has one line a message: level, blank, text.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fastpaas/nf.h>

enum status { RAN, REFUSED, CRASHED };

struct counter {
	char name[32];
	uint64_t value;
};

static struct counter counters[64];
static uint32_t counter_count;
static char *log_text;
static size_t log_bytes;
static FILE *log_file;
static uint64_t now;

#pragma weak init
#pragma weak fini

/* ---- Host API ---------------------------------------------------------------------------------- */

void fp_log(int level, const char *text, size_t len)
{
	fprintf(log_file, "%d %.*s\n", level, (int)len, text);
}

void fp_logf(int level, const char *format, ...)
{
	char text[1024];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	fp_log(level, text, strlen(text));
}

uint64_t fp_now(void)
{
	return now;
}

int fp_counter(const char *name)
{
	size_t len = strlen(name);

	if (len == 0 || len > 31 || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_.") != len)
		return -1;
	for (uint32_t i = 0; i < counter_count; i++)
		if (strcmp(counters[i].name, name) == 0)
			return (int)i;
	if (counter_count == 64)
		return -1;
	memcpy(counters[counter_count].name, name, len + 1);
	return (int)counter_count++;
}

void fp_count(int id, uint64_t n)
{
	if (id < 0 || (uint32_t)id >= counter_count) {
		fprintf(stderr, "fp_count(%d): no such counter\n", id);
		abort();
	}
	counters[id].value += n;
}

/* ---- Requests and answers ---------------------------------------------------------------------- */

struct request {
	struct fp_args args;
	uint32_t batch, count;
	struct fp_packet *packets;
	uint8_t **buffers; /* of the packets, to see that they come back in them */
	uint32_t *sizes;
};

static int get(void *to, size_t len)
{
	return fread(to, 1, len, stdin) == len;
}

static void put(const void *from, size_t len)
{
	fwrite(from, 1, len, stdout);
}

static void put32(uint32_t value)
{
	put(&value, sizeof(value));
}

/* malloc() of exactly `len` bytes, filled from stdin. */
static void *get_bytes(size_t len)
{
	void *bytes = malloc(len);

	if (!get(bytes, len))
		exit(3);
	return bytes;
}

static void get_packet(struct request *request, uint32_t i)
{
	struct fp_packet *packet = &request->packets[i];

	*packet = (struct fp_packet){ .gate = 0 };
	if (!get(&packet->timestamp, 8) || !get(&packet->port, 2) || !get(&packet->len, 4))
		exit(3);
	packet->data = get_bytes(packet->len);
	packet->room = packet->len;
	request->buffers[i] = packet->data;
	request->sizes[i] = packet->len;
}

static int get_request(struct request *request)
{
	uint32_t len;
	char *text;

	if (!get(&len, 4))
		return 0;
	text = malloc(len + 1);
	text[len] = 0;
	*request = (struct request){ .args = { text, len, "test" } };
	if (!get(text, len) || !get(&request->batch, 4) || !get(&request->count, 4))
		exit(3);
	request->packets = calloc(request->count + 1, sizeof(struct fp_packet));
	request->buffers = calloc(request->count + 1, sizeof(uint8_t *));
	request->sizes = calloc(request->count + 1, sizeof(uint32_t));
	for (uint32_t i = 0; i < request->count; i++)
		get_packet(request, i);
	return 1;
}

static void free_request(struct request *request)
{
	for (uint32_t i = 0; i < request->count; i++)
		free(request->buffers[i]);
	free(request->packets);
	free(request->buffers);
	free(request->sizes);
	free((char *)request->args.text);
}

static void check_packet(const struct request *request, uint32_t i)
{
	const struct fp_packet *packet = &request->packets[i];
	const uint8_t *buffer = request->buffers[i], *end = buffer + request->sizes[i];

	if (packet->data >= buffer && packet->data <= end && packet->len <= (size_t)(end - packet->data) &&
	    (packet->gate < FP_GATES || packet->gate == FP_DROP))
		return;
	fprintf(stderr, "packet %u came back outside its buffer or with gate %u\n", i, packet->gate);
	abort();
}

static void put_answer(enum status status, const struct request *request)
{
	fflush(log_file);
	put32(status);
	put32((uint32_t)log_bytes);
	put(log_text, log_bytes);
	put32(counter_count);
	for (uint32_t i = 0; i < counter_count; i++) {
		put(counters[i].name, sizeof(counters[i].name));
		put(&counters[i].value, sizeof(counters[i].value));
	}
	put32(status == RAN ? request->count : 0);
	for (uint32_t i = 0; status == RAN && i < request->count; i++) {
		put(&request->packets[i].gate, 2);
		put32(request->packets[i].len);
		put(request->packets[i].data, request->packets[i].len);
	}
}

/* ---- One run ----------------------------------------------------------------------------------- */

/* The batch is malloc'ed at its size of 64 packets, as the host's is: `count` says how many are there. */
static void run_batch(struct request *request, uint32_t first, uint32_t count)
{
	struct fp_batch *batch = calloc(1, sizeof(*batch));

	batch->count = count;
	memcpy(batch->packet, request->packets + first, count * sizeof(struct fp_packet));
	now = batch->packet[0].timestamp;
	process(batch);
	memcpy(request->packets + first, batch->packet, count * sizeof(struct fp_packet));
	for (uint32_t i = first; i < first + count; i++)
		check_packet(request, i);
	free(batch);
}

static enum status run(struct request *request)
{
	uint32_t left;

	if (init && init(&request->args))
		return REFUSED;
	for (uint32_t first = 0; first < request->count; first += request->batch) {
		left = request->count - first;
		run_batch(request, first, left < request->batch ? left : request->batch);
	}
	if (fini)
		fini();
	return RAN;
}

/* An NF that loops for ever ends as a crash: the limit is processor time, whatever else the machine does. */
static void run_child(struct request *request)
{
	const struct rlimit seconds = { 60, 60 };

	setrlimit(RLIMIT_CPU, &seconds);
	log_file = open_memstream(&log_text, &log_bytes);
	put_answer(run(request), request);
	fflush(stdout);
	_exit(0);
}

/* Answers for a child that could not. */
static void put_crash(void)
{
	for (int i = 0; i < 4; i++)
		put32(i == 0 ? CRASHED : 0);
	fflush(stdout);
}

int main(void)
{
	struct request request;
	int status;
	pid_t child;

	while (get_request(&request)) {
		child = fork();
		if (child == 0)
			run_child(&request);
		if (child < 0 || waitpid(child, &status, 0) != child)
			return 3;
		if (status != 0)
			put_crash();
		free_request(&request);
	}
	return 0;
}
