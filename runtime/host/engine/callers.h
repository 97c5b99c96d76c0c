/* SPDX-License-Identifier: Apache-2.0
 *
 * Who has connected to the control socket and waits for its turn. Operators come first, the others take turns by user, and
 * nobody but an operator waits more than a few times over: so who asks all the time keeps others waiting for one of its
 * requests at most.
 */
#ifndef FASTPAAS_HOST_ENGINE_CALLERS_H
#define FASTPAAS_HOST_ENGINE_CALLERS_H

#include <stdbool.h>
#include <sys/types.h>

#include "error.h"

#define FP_CALLERS 64
#define FP_CALLERS_OTHERS 48 /* of them, at most, who are no operators */
#define FP_CALLERS_OF_USER 4

struct fp_caller {
	int fd;
	uid_t uid;
	bool is_operator;
};

struct fp_callers {
	struct fp_caller caller[FP_CALLERS]; /* in the order they came */
	unsigned count;
	uid_t last; /* whose turn it was, of those who are no operators */
};

/* Takes over the connection; -1: it stays the caller's, who has too many. There must be room. */
int fp_callers_add(struct fp_callers *callers, struct fp_caller caller, struct fp_error *error);

/* Gives up the connection whose turn it is; -1: nobody waits. */
int fp_callers_next(struct fp_callers *callers);

#endif
