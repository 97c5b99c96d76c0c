/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs contenders side by side, turn by turn, on the same packets, as `fphost bench` does with modules.
 *
 *     driver CAPTURE PACKETS BATCH ARGS ROUNDS TURN_NS [KIND NAME PATH]...
 *
 * CAPTURE   pcap file; its first PACKETS frames, less what does not fill a batch, are one pass
 * ARGS      argument file of the NF, or - for none
 * ROUNDS    0: only the rehearsal
 * TURN_NS   how long the fastest contender's turn is to take at least, in whole passes; the others' turns
 *           have as many
 *
 * Says, one JSON object a line:
 * {"event":"rehearsed", "packets", "checksum", "gates":{gate or "dropped": packets},
 *  "counters":{name: value}, all of the first contender, "variants":[{"node", "differs":{"packet", "how"}|null}]}
 *     differs: the first packet that this contender left otherwise than the first one did; packet -1 is a
 *     counter
 * {"event":"round", "round", "passes", "ns_per_packet":{name: ns}}
 * {"event":"done"}
 * Ends with status 1 after a word on stderr if a contender cannot run, 2 if it is called wrongly.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contender.h"
#include "error.h"
#include "file.h"

enum { FIXED = 7, EACH = 3, ENTRANTS_MAX = 64 };

struct contest {
	struct job job;
	uint32_t rounds;
	uint64_t turn_ns;
	uint32_t passes; /* of a turn */
	uint32_t count;
	struct contender contender[ENTRANTS_MAX];
};

static uint32_t parse_number(const char *text, uint32_t low, uint32_t high)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	if (*end || value < low || value > high) {
		fprintf(stderr, "driver: %s: not a number from %u to %u\n", text, low, high);
		exit(2);
	}
	return (uint32_t)value;
}

static void read_job(struct job *job, char **words)
{
	struct fp_traffic_plan plan = { .count = parse_number(words[1], 1, 1 << 20), .pcap = words[0] };
	struct fp_error error;
	struct fp_file file = { 0 };

	job->batch = parse_number(words[2], 1, FP_BATCH_MAX);
	if (fp_traffic_create(&job->traffic, &plan, &error) < 0 ||
	    (strcmp(words[3], "-") && fp_file_read(&file, words[3], &error) < 0)) {
		fprintf(stderr, "driver: %s\n", error.text);
		exit(2);
	}
	job->traffic.count -= job->traffic.count % job->batch;
	if (job->traffic.count == 0) {
		fprintf(stderr, "driver: %s: its packets do not fill a batch of %u\n", words[0], job->batch);
		exit(2);
	}
	job->args = (struct fp_args){ strndup(file.bytes ? file.bytes : "", file.len), file.len, "peer" };
	free(file.bytes);
}

static void open_contender(struct contest *contest, char **words)
{
	struct contender *contender = &contest->contender[contest->count++];

	*contender = (struct contender){
		.kind = find_kind(words[0]), .name = words[1], .path = words[2], .job = &contest->job
	};
	if (!contender->kind)
		fail(contender, "this driver knows no kind %s", words[0]);
	running_counters = &contender->counters;
	contender->kind->open(contender);
}

/* ---- Rehearsal --------------------------------------------------------------------------------- */

static void show_difference(const char *name, int64_t packet, const char *how)
{
	printf("{\"node\":\"%s\", \"differs\":", name);
	if (how)
		printf("{\"packet\":%lld, \"how\":\"%s\"}}", (long long)packet, how);
	else
		printf("null}");
}

static void describe(char *how, size_t size, const struct outcome *is, const struct outcome *expected)
{
	if (is->gate != expected->gate)
		snprintf(how, size, "gate %u instead of %u", is->gate, expected->gate);
	else if (is->len != expected->len)
		snprintf(how, size, "%u bytes long instead of %u", is->len, expected->len);
	else
		snprintf(how, size, "other bytes");
}

/* The first packet that is not as expected; false if there is none. */
static bool show_packet(const struct contest *contest, const struct contender *contender,
			const struct outcome *is, const struct outcome *expected)
{
	char how[100];

	for (uint32_t i = 0; i < contest->job.traffic.count; i++) {
		if (is[i].checksum == expected[i].checksum)
			continue;
		describe(how, sizeof(how), &is[i], &expected[i]);
		show_difference(contender->name, i, how);
		return true;
	}
	return false;
}

static void show_counters(const struct contender *contender, const struct counters *expected)
{
	char how[100];

	for (uint32_t i = 0; i < expected->count; i++) {
		int64_t is = counter_value(&contender->counters, expected->name[i]);

		if ((uint64_t)is == expected->value[i])
			continue;
		snprintf(how, sizeof(how), "%s is %lld instead of %llu", expected->name[i], (long long)is,
			 (unsigned long long)expected->value[i]);
		show_difference(contender->name, -1, how);
		return;
	}
	show_difference(contender->name, 0, NULL);
}

static void show_gates(const struct outcome *outcomes, uint32_t count)
{
	uint32_t packets[FP_GATES + 1] = { 0 };
	const char *comma = "";

	for (uint32_t i = 0; i < count; i++)
		packets[outcomes[i].gate < FP_GATES ? outcomes[i].gate : FP_GATES]++;
	printf(" \"gates\":{");
	for (int i = 0; i < FP_GATES; i++) {
		if (!packets[i])
			continue;
		printf("%s\"%d\":%u", comma, i, packets[i]);
		comma = ", ";
	}
	if (packets[FP_GATES])
		printf("%s\"dropped\":%u", comma, packets[FP_GATES]);
	printf("},");
}

static void show_first(const struct contest *contest, const struct outcome *outcomes)
{
	const struct counters *counters = &contest->contender[0].counters;
	uint32_t count = contest->job.traffic.count;

	printf("{\"event\":\"rehearsed\", \"packets\":%u, \"checksum\":\"%016llx\",", count,
	       (unsigned long long)checksum_of(outcomes, count));
	show_gates(outcomes, count);
	printf(" \"counters\":{");
	for (uint32_t i = 0; i < counters->count; i++)
		printf("%s\"%s\":%llu", i ? ", " : "", counters->name[i],
		       (unsigned long long)counters->value[i]);
	printf("}, \"variants\":[");
}

static void rehearse(struct contest *contest)
{
	uint32_t packets = contest->job.traffic.count;
	struct outcome *expected = calloc(packets, sizeof(*expected)), *is = calloc(packets, sizeof(*is));

	if (!expected || !is)
		fail(&contest->contender[0], "no memory for %u outcomes", packets);
	for (uint32_t i = 0; i < contest->count; i++) {
		struct contender *contender = &contest->contender[i];

		running_counters = &contender->counters;
		contender->kind->rehearse(contender, i ? is : expected);
		if (i == 0)
			show_first(contest, expected);
		printf(i ? ", " : "");
		if (!show_packet(contest, contender, i ? is : expected, expected))
			show_counters(contender, &contest->contender[0].counters);
	}
	puts("]}");
	fflush(stdout);
	free(expected);
	free(is);
}

/* ---- Rounds ------------------------------------------------------------------------------------ */

static uint64_t take_turn(struct contender *contender, uint32_t passes)
{
	running_counters = &contender->counters;
	contender->kind->measure(contender, 1); /* warms up: the others have had the caches */
	return contender->kind->measure(contender, passes);
}

/* As many as make the fastest contender's turn long enough. Nobody counts as faster than 1 ns a packet: the
 * difference of two times may be anything when it is small. */
static void choose_passes(struct contest *contest)
{
	uint64_t fastest = contest->turn_ns, least = contest->job.traffic.count;

	for (uint32_t i = 0; i < contest->count; i++) {
		uint64_t ns = take_turn(&contest->contender[i], 4) / 4;

		if (ns < fastest)
			fastest = ns > least ? ns : least;
	}
	contest->passes = (uint32_t)(contest->turn_ns / fastest) + 1;
}

/* An order of its own for each round, the same in every run (Fisher and Yates). */
static void shuffle(uint32_t *order, uint32_t count, uint32_t round)
{
	unsigned seed = round + 1;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t other = (uint32_t)rand_r(&seed) % (i + 1);

		order[i] = order[other];
		order[other] = i;
	}
}

static void run_round(struct contest *contest, uint32_t round)
{
	double packets = (double)contest->passes * contest->job.traffic.count;
	uint32_t order[ENTRANTS_MAX];
	double ns[ENTRANTS_MAX];

	shuffle(order, contest->count, round);
	for (uint32_t i = 0; i < contest->count; i++)
		ns[order[i]] = (double)take_turn(&contest->contender[order[i]], contest->passes) / packets;
	printf("{\"event\":\"round\", \"round\":%u, \"passes\":%u, \"ns_per_packet\":{", round, contest->passes);
	for (uint32_t i = 0; i < contest->count; i++)
		printf("%s\"%s\":%.4f", i ? ", " : "", contest->contender[i].name, ns[i]);
	puts("}}");
	fflush(stdout);
}

int main(int argc, char **argv)
{
	static struct contest contest;

	if (argc < FIXED + EACH || (argc - FIXED) % EACH || argc > FIXED + EACH * ENTRANTS_MAX) {
		fprintf(stderr, "driver CAPTURE PACKETS BATCH ARGS ROUNDS TURN_NS [KIND NAME PATH]...\n");
		return 2;
	}
	read_job(&contest.job, argv + 1);
	contest.rounds = parse_number(argv[5], 0, 1000000);
	contest.turn_ns = parse_number(argv[6], 1, 1000000000);
	for (int i = FIXED; i < argc; i += EACH)
		open_contender(&contest, argv + i);
	rehearse(&contest);
	if (contest.rounds)
		choose_passes(&contest);
	for (uint32_t round = 0; round < contest.rounds; round++)
		run_round(&contest, round);
	for (uint32_t i = 0; i < contest.count; i++)
		contest.contender[i].kind->close(&contest.contender[i]);
	puts("{\"event\":\"done\"}");
	return 0;
}
