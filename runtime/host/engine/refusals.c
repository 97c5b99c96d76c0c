/* SPDX-License-Identifier: Apache-2.0 */
#include "refusals.h"

#include "event.h"

#define SECOND_NS 1000000000ull

static void tell(struct fp_refused_user *user)
{
	if (user->untold)
		fp_event_emit(json_pack("{s:s, s:I, s:I}", "event", "refusals suppressed", "uid", (json_int_t)user->uid, "requests",
					(json_int_t)user->untold));
	user->untold = 0;
}

/* The user's place; that of who was quiet longest if there is none left. */
static struct fp_refused_user *find(struct fp_refusals *refusals, uid_t uid)
{
	struct fp_refused_user *quiet = &refusals->user[0];

	for (unsigned i = 0; i < refusals->users; i++) {
		struct fp_refused_user *user = &refusals->user[i];

		if (user->uid == uid)
			return user;
		if (user->due_ns < quiet->due_ns)
			quiet = user;
	}
	if (refusals->users < FP_REFUSALS_USERS)
		quiet = &refusals->user[refusals->users++];
	tell(quiet);
	*quiet = (struct fp_refused_user){.uid = uid};
	return quiet;
}

bool fp_refusals_admit(struct fp_refusals *refusals, uid_t uid, uint64_t now_ns)
{
	struct fp_refused_user *user = find(refusals, uid);

	if (user->due_ns < now_ns)
		user->due_ns = now_ns;
	if (user->due_ns - now_ns < FP_REFUSALS_AT_ONCE * SECOND_NS) {
		user->due_ns += SECOND_NS;
		return true;
	}
	if (user->untold++ == 0)
		user->tell_at_ns = now_ns + SECOND_NS;
	return false;
}

void fp_refusals_tell(struct fp_refusals *refusals, uint64_t now_ns)
{
	for (unsigned i = 0; i < refusals->users; i++)
		if (refusals->user[i].tell_at_ns <= now_ns)
			tell(&refusals->user[i]);
}
