/* SPDX-License-Identifier: Apache-2.0
 *
 * The filters of a branching point, run by libpcap's interpreter: what the host does where fpcc, which makes
 * a module of them (fpcc/filters/), is not at hand. The gates are the same.
 */
#ifndef FASTPAAS_HOST_FILTER_H
#define FASTPAAS_HOST_FILTER_H

#include <stdbool.h>

#include <jansson.h>
#include <pcap/pcap.h>

#include "burst.h"
#include "error.h"

#define FP_FILTERS_MAX (FP_GATES - 1) /* the last gate is for what no filter matches */

struct fp_filter {
	unsigned count;
	struct bpf_program program[FP_FILTERS_MAX];
};

/* Reads and checks `programs`, an array of 1 to FP_FILTERS_MAX programs. A program is an array of 1 to
 * FP_FILTER_INSTRUCTIONS instructions, and each of these [code, jt, jf, k]. The filter is empty after an error. */
int fp_filter_create(struct fp_filter *filter, const json_t *programs, struct fp_error *error);
/* The same of one program; NULL: none, so that every packet is accepted. */
int fp_filter_create_one(struct fp_filter *filter, const json_t *program, struct fp_error *error);
void fp_filter_destroy(struct fp_filter *filter);

/* Whether the first program matches; every packet does if there is none. */
bool fp_filter_accepts(const struct fp_filter *filter, const struct fp_packet *packet);

/* Gives each packet the gate of the first program that matches it, `count` if none does. */
void fp_filter_run(const struct fp_filter *filter, struct fp_burst *burst);

#endif
