/* SPDX-License-Identifier: Apache-2.0 */
#include "steering_counts.h"

#include <string.h>

#define GROUPS_AT_ONCE 8
#define SORTED_BETTER 1.01 /* times as well sorted as before, or it is not worth while */

struct group {
	int path; /* -1: none */
	int number;
};

static uint64_t packets_of(const struct fp_steering_counts *counts, int path, unsigned worker)
{
	uint64_t sum = 0;

	for (int i = 0; i < FP_STEERING_GROUPS; i++)
		sum += counts->table.worker[path][i] == worker ? counts->packets[path][i] : 0;
	return sum;
}

uint64_t fp_steering_packets(const struct fp_steering_counts *counts, unsigned worker)
{
	uint64_t sum = 0;

	for (int path = 0; path < FP_PATHS; path++)
		sum += packets_of(counts, path, worker);
	return sum;
}

/* The group of this path on worker `from` with most packets, but no more than `most`. */
static struct group find_group(const struct fp_steering_counts *counts, int path, unsigned from, uint64_t most)
{
	struct group found = {-1, 0};
	uint64_t packets = 0;

	for (int i = 0; i < FP_STEERING_GROUPS; i++) {
		if (counts->table.worker[path][i] != from || counts->packets[path][i] > most || counts->packets[path][i] <= packets)
			continue;
		found = (struct group){path, i};
		packets = counts->packets[path][i];
	}
	return found;
}

/* By how many packets worker `a` has more of a path than `b`. */
static int64_t find_surplus(const struct fp_steering_counts *counts, int path, unsigned a, unsigned b)
{
	return (int64_t)packets_of(counts, path, a) - (int64_t)packets_of(counts, path, b);
}

/* The group that `to` should have of those of `from`. */
static struct group choose_group(const struct fp_steering_counts *counts, unsigned from, unsigned to, uint64_t most)
{
	struct group best = {-1, 0};
	int64_t most_surplus = 0;

	for (int path = 0; path < FP_PATHS; path++) {
		struct group found = find_group(counts, path, from, most);
		int64_t surplus = find_surplus(counts, path, to, from);

		if (found.path < 0 || (best.path >= 0 && surplus <= most_surplus))
			continue;
		best = found;
		most_surplus = surplus;
	}
	return best;
}

static uint64_t move(struct fp_steering_counts *counts, struct group group, unsigned to)
{
	counts->table.worker[group.path][group.number] = (uint8_t)to;
	return counts->packets[group.path][group.number];
}

bool fp_steering_even_out(struct fp_steering_counts *counts, unsigned from, unsigned to, uint64_t most)
{
	struct group group;
	int moved = 0;

	for (; moved < GROUPS_AT_ONCE && (group = choose_group(counts, from, to, most)).path >= 0; moved++)
		most -= move(counts, group, to);
	return moved > 0;
}

/* The path of which `a` has most more than `b`, of those that there is something of to be moved from `b`. */
static int find_path(const struct fp_steering_counts *counts, unsigned a, unsigned b, int other_than)
{
	int found = -1;

	for (int path = 1; path < FP_PATHS; path++)
		if (path != other_than && packets_of(counts, path, b) > 0 &&
		    (found < 0 || find_surplus(counts, path, a, b) > find_surplus(counts, found, a, b)))
			found = path;
	return found;
}

/* Moves groups of a path with up to `most` packets; returns how many packets. */
static uint64_t move_path(struct fp_steering_counts *counts, int path, unsigned from, unsigned to, uint64_t most)
{
	uint64_t left = most;
	struct group group;

	for (int i = 0; i < GROUPS_AT_ONCE && (group = find_group(counts, path, from, left)).path >= 0; i++)
		left -= move(counts, group, to);
	return most - left;
}

/* How well sorted the paths are of two workers: more where one has all of a path and the other nothing. */
static double find_order(const struct fp_steering_counts *counts, unsigned a, unsigned b)
{
	double sum = 0;

	for (int path = 1; path < FP_PATHS; path++) {
		double on_a = (double)packets_of(counts, path, a), on_b = (double)packets_of(counts, path, b);

		sum += on_a * on_a + on_b * on_b;
	}
	return sum;
}

/* `there` and `back` differ by a fifth at most. */
static bool are_alike(uint64_t there, uint64_t back)
{
	return there > 0 && back * 5 >= there * 4;
}

bool fp_steering_sort_paths(struct fp_steering_counts *counts, unsigned a, unsigned b)
{
	double order = find_order(counts, a, b);
	int to_a = find_path(counts, a, b, -1), to_b = find_path(counts, b, a, to_a);
	struct fp_steering_table before = counts->table;
	uint64_t there, back;

	if (to_a < 0 || to_b < 0)
		return false;
	there = move_path(counts, to_a, b, a, packets_of(counts, to_b, a));
	back = move_path(counts, to_b, a, b, there);
	if (are_alike(there, back) && find_order(counts, a, b) > order * SORTED_BETTER)
		return true;
	counts->table = before;
	return false;
}
