/* SPDX-License-Identifier: Apache-2.0
 *
 * payload: searches packets' payloads for many byte patterns at once and drops the packet or sends it
 * to another gate. When several patterns occur, the first of them in the argument file decides.
 *
 * Gates      0 no pattern found, or not IP; a pattern's gate. Dropped: by pattern (counter
 *            payload.dropped), malformed (payload.malformed). fini() logs how often each pattern decided.
 * Arguments  one pattern a line: ACTION text "TEXT" or ACTION hex DIGITS
 *              ACTION  drop, or a gate from 1 to 63
 *              TEXT    bytes as they are; \" \\ \n \r \t \0 and \xNN as in C
 *            drop  text "/etc/passwd"
 *            2     hex  90909090
 * Payload    what follows the TCP or UDP header; for other protocols and for fragments after the
 *            first, what follows the IP header.
 * Limits     4,096 patterns, 32,767 bytes in all (512 bytes of heap each). Case matters. A pattern
 *            that is split over two packets is not found.
 * Cost       one table load a payload byte, whatever the number of patterns: Aho and Corasick,
 *            CACM 18(6), 1975, with all failure links resolved in advance.
 */
#include <stdlib.h>

#include "argfile.h"
#include "packet.h"

enum {
	PATTERNS_MAX = 4096,
	STATES_MAX = 0x8000,
	SYMBOLS = 256,
	ACCEPTS = 0x8000, /* in an entry of `next`: the state it leads to ends a pattern */
	NO_PATTERN = 0xffff,
};

struct pattern {
	uint32_t start; /* in `bytes` */
	uint16_t len;
	uint16_t gate;
	unsigned line;
	uint64_t hits;
};

static struct pattern *patterns;
static unsigned pattern_count;
static uint8_t *bytes; /* of all patterns, back to back */
static uint32_t byte_count;
static uint16_t *next;           /* [state][symbol]: the following state, maybe with ACCEPTS */
static uint16_t *best;           /* [state]: first pattern of the file that ends here, or NO_PATTERN */
static uint32_t state_count = 1; /* 0 is the root */
static int dropped_counter, malformed_counter;

/* ---- Argument file ----------------------------------------------------------------------------- */

/* The byte that an escape stands for, -1 if it stands for none; *used of its letters are taken. */
static int parse_escape(const char *text, size_t len, size_t *used)
{
	static const char letters[] = "nrt0\"\\", values[] = "\n\r\t\0\"\\";

	*used = 1;
	for (size_t i = 0; len > 0 && i < sizeof(letters) - 1; i++)
		if (text[0] == letters[i])
			return values[i];
	if (len < 3 || text[0] != 'x' || hex_digit(text[1]) < 0 || hex_digit(text[2]) < 0)
		return -1;
	*used = 3;
	return hex_digit(text[1]) << 4 | hex_digit(text[2]);
}

/* Reads up to the closing quote; the letters taken with it, or -1. */
static int read_quoted(const struct arg_line *line, const char *text, size_t len)
{
	size_t at = 0, used;
	int byte;

	while (at < len && text[at] != '"') {
		byte = (uint8_t)text[at++];
		used = 0;
		if (byte == '\\')
			byte = parse_escape(text + at, len - at, &used);
		if (byte < 0)
			return arg_error(line, "unknown escape; there are \\\" \\\\ \\n \\r \\t \\0 \\xNN");
		at += used;
		bytes[byte_count++] = (uint8_t)byte;
	}
	return at < len ? (int)at + 1 : arg_error(line, "the text has no closing quote");
}

static int read_text(struct arg_line *line)
{
	struct arg_word extra;
	size_t blanks = 0;
	int taken;

	while (blanks < line->rest.len && is_blank(line->rest.text[blanks]))
		blanks++;
	if (blanks == line->rest.len || line->rest.text[blanks++] != '"')
		return arg_error(line, "expected a text in double quotes");
	line->rest = (struct arg_word){ line->rest.text + blanks, line->rest.len - blanks };
	taken = read_quoted(line, line->rest.text, line->rest.len);
	if (taken < 0)
		return -1;
	line->rest = (struct arg_word){ line->rest.text + taken, line->rest.len - (size_t)taken };
	return next_word(line, &extra) ? arg_error_word(line, "one word too many", extra) : 0;
}

static int read_hex(struct arg_line *line)
{
	struct arg_word digits;

	if (!take_words(line, &digits, 1) || digits.len % 2)
		return arg_error(line, "expected one even number of hexadecimal digits");
	for (size_t i = 0; i < digits.len; i += 2) {
		int high = hex_digit(digits.text[i]), low = hex_digit(digits.text[i + 1]);

		if (high < 0 || low < 0)
			return arg_error_word(line, "not hexadecimal digits", digits);
		bytes[byte_count++] = (uint8_t)(high << 4 | low);
	}
	return 0;
}

static int read_pattern(struct arg_line *line, struct arg_word action, struct pattern *pattern)
{
	struct arg_word form;
	uint64_t gate = FP_DROP;
	int result;

	if (!word_is(action, "drop") && (!parse_number(action, FP_GATES - 1, &gate) || gate == 0))
		return arg_error_word(line, "not `drop` or a gate from 1 to 63", action);
	if (!next_word(line, &form) || (!word_is(form, "text") && !word_is(form, "hex")))
		return arg_error_word(line, "expected `text` or `hex`, got", form);
	*pattern = (struct pattern){ .start = byte_count, .gate = (uint16_t)gate, .line = line->number };
	result = word_is(form, "text") ? read_text(line) : read_hex(line);
	if (result)
		return result;
	if (byte_count == pattern->start)
		return arg_error(line, "an empty pattern is everywhere");
	if (byte_count >= STATES_MAX)
		return arg_error(line, "more than 32767 bytes of patterns");
	pattern->len = (uint16_t)(byte_count - pattern->start);
	return 0;
}

static int read_patterns(const struct fp_args *args)
{
	struct arg_file file = open_args(args);
	struct arg_line line;
	struct arg_word action;

	while (next_line(&file, &line)) {
		if (!next_word(&line, &action))
			continue;
		if (pattern_count == PATTERNS_MAX)
			return arg_error(&line, "more than 4096 patterns");
		if (read_pattern(&line, action, &patterns[pattern_count++]))
			return -1;
	}
	return 0;
}

/* ---- Automaton --------------------------------------------------------------------------------- */

static uint16_t lower(uint16_t a, uint16_t b)
{
	return a < b ? a : b;
}

/* Adds the pattern's path to the trie; in the trie, 0 means no edge. */
static void add_pattern(uint16_t number)
{
	const struct pattern *pattern = &patterns[number];
	uint32_t state = 0;

	for (uint32_t i = 0; i < pattern->len; i++) {
		uint16_t *edge = &next[state * SYMBOLS + bytes[pattern->start + i]];

		if (*edge == 0)
			*edge = (uint16_t)state_count++;
		state = *edge;
	}
	best[state] = lower(best[state], number);
}

/* Completes one state, whose failure state is complete already, and queues its children. */
static uint32_t complete_state(uint32_t state, uint16_t *failure, uint16_t *queue, uint32_t tail)
{
	for (uint32_t symbol = 0; symbol < SYMBOLS; symbol++) {
		uint16_t *edge = &next[state * SYMBOLS + symbol];
		uint16_t beside = state ? next[failure[state] * SYMBOLS + symbol] : 0;

		if (*edge == 0) {
			*edge = beside;
			continue;
		}
		failure[*edge] = beside;
		best[*edge] = lower(best[*edge], best[beside]);
		queue[tail++] = *edge;
	}
	return tail;
}

/* Breadth first, so that failure states, which are nearer to the root, come before. */
static void complete_automaton(uint16_t *failure, uint16_t *queue)
{
	uint32_t tail = complete_state(0, failure, queue, 0);

	for (uint32_t head = 0; head < tail; head++)
		tail = complete_state(queue[head], failure, queue, tail);
	for (uint32_t i = 0; i < state_count * SYMBOLS; i++)
		if (best[next[i]] != NO_PATTERN)
			next[i] |= ACCEPTS;
}

static int build_automaton(void)
{
	size_t states = byte_count + 1;
	uint16_t *work = calloc(2 * states, sizeof(*work));

	next = calloc(states * SYMBOLS, sizeof(*next));
	best = malloc(states * sizeof(*best));
	if (!work || !next || !best) {
		fp_logf(FP_ERROR, "no memory for an automaton of %u states", (unsigned)states);
		return -1;
	}
	memset(best, 0xff, states * sizeof(*best)); /* NO_PATTERN */
	for (unsigned i = 0; i < pattern_count; i++)
		add_pattern((uint16_t)i);
	complete_automaton(work, work + states);
	free(work);
	return 0;
}

int init(const struct fp_args *args)
{
	patterns = calloc(PATTERNS_MAX, sizeof(*patterns));
	bytes = malloc(args->len + 1); /* no pattern is longer than its text */
	if (!patterns || !bytes) {
		fp_logf(FP_ERROR, "no memory for the patterns");
		return -1;
	}
	if (read_patterns(args) || build_automaton())
		return -1;
	dropped_counter = fp_counter("payload.dropped");
	malformed_counter = fp_counter("payload.malformed");
	return 0;
}

/* ---- Packets ----------------------------------------------------------------------------------- */

/* The first pattern of the file that occurs in the payload, or NO_PATTERN. */
static uint16_t scan(const uint8_t *payload, uint32_t len)
{
	const uint16_t *const table = next;
	uint16_t found = NO_PATTERN;
	uint32_t state = 0;

	for (uint32_t i = 0; i < len; i++) {
		uint32_t entry = table[state * SYMBOLS + payload[i]];

		state = entry & ~(uint32_t)ACCEPTS;
		if (unlikely(entry & ACCEPTS))
			found = lower(found, best[state]);
	}
	return found;
}

static uint16_t judge(const struct datagram *datagram, uint32_t header)
{
	uint16_t found = scan(datagram->l4 + header, datagram->l4_bytes - header);

	if (likely(found == NO_PATTERN))
		return 0;
	patterns[found].hits++;
	return patterns[found].gate;
}

void process(struct fp_batch *batch)
{
	const uint32_t count = batch->count;
	uint32_t dropped = 0, malformed = 0;

	for (uint32_t i = 0; i < count; i++) {
		struct fp_packet *packet = &batch->packet[i];
		struct datagram datagram;
		enum parsed parsed = parse_ip(packet, &datagram);
		int header = parsed == PARSED ? transport_bytes(&datagram) : 0;

		if (unlikely(parsed == MALFORMED || header < 0)) {
			packet->gate = FP_DROP;
			malformed++;
		} else if (likely(parsed == PARSED)) {
			packet->gate = judge(&datagram, (uint32_t)header);
			dropped += packet->gate == FP_DROP;
		}
	}
	if (dropped)
		fp_count(dropped_counter, dropped);
	if (malformed)
		fp_count(malformed_counter, malformed);
}

void fini(void)
{
	for (unsigned i = 0; i < pattern_count; i++)
		if (patterns[i].hits)
			fp_logf(FP_INFO, "pattern on line %u: %llu packets", patterns[i].line,
				(unsigned long long)patterns[i].hits);
	free(patterns);
	free(bytes);
	free(next);
	free(best);
}
