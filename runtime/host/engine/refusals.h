/* SPDX-License-Identifier: Apache-2.0
 *
 * Refusals in the operator's log: of each user some at once, then one a second. The others are counted, and the count is
 * said, so that nobody who asks all the time hides what else happens.
 */
#ifndef FASTPAAS_HOST_ENGINE_REFUSALS_H
#define FASTPAAS_HOST_ENGINE_REFUSALS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define FP_REFUSALS_USERS 64 /* that are told apart at a time */
#define FP_REFUSALS_AT_ONCE 64

struct fp_refused_user {
	uid_t uid;
	uint64_t due_ns;    /* when all that was said will have been, at one a second */
	uint64_t untold;    /* refusals that were not said */
	uint64_t tell_at_ns; /* when their number is */
};

struct fp_refusals {
	struct fp_refused_user user[FP_REFUSALS_USERS];
	unsigned users;
};

/* Whether a refusal of the user is to be said now; if not, it is counted. */
bool fp_refusals_admit(struct fp_refusals *refusals, uid_t uid, uint64_t now_ns);

/* Says the numbers whose time has come: at most once a second for each user. */
void fp_refusals_tell(struct fp_refusals *refusals, uint64_t now_ns);

#endif
