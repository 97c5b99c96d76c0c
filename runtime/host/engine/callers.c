/* SPDX-License-Identifier: Apache-2.0 */
#include "callers.h"

#include <string.h>

int fp_callers_add(struct fp_callers *callers, struct fp_caller caller, struct fp_error *error)
{
	unsigned own = 0, others = 0;

	for (unsigned i = 0; i < callers->count; i++) {
		own += callers->caller[i].uid == caller.uid;
		others += !callers->caller[i].is_operator;
	}
	if (!caller.is_operator && own >= FP_CALLERS_OF_USER)
		return fp_fail(error, "user %u has %u requests waiting: one at a time is enough", caller.uid, own);
	if (!caller.is_operator && others >= FP_CALLERS_OTHERS)
		return fp_fail(error, "too many requests wait: try again");
	callers->caller[callers->count++] = caller;
	return 0;
}

static unsigned choose(const struct fp_callers *callers)
{
	for (unsigned i = 0; i < callers->count; i++)
		if (callers->caller[i].is_operator)
			return i;
	for (unsigned i = 0; i < callers->count; i++)
		if (callers->caller[i].uid != callers->last)
			return i;
	return 0;
}

int fp_callers_next(struct fp_callers *callers)
{
	struct fp_caller chosen;
	unsigned i;

	if (callers->count == 0)
		return -1;
	i = choose(callers);
	chosen = callers->caller[i];
	callers->count--;
	memmove(&callers->caller[i], &callers->caller[i + 1], (callers->count - i) * sizeof(chosen));
	if (!chosen.is_operator)
		callers->last = chosen.uid;
	return chosen.fd;
}
