/* SPDX-License-Identifier: Apache-2.0
 *
 * Fills the automaton of payload.bpf.c.
 */
#include "../../../examples/nfs/payload.c"

#include "control.h"

const char *fill_tables(find_table_function *find)
{
	uint16_t *gates = find("gates", PATTERNS_MAX * sizeof(*gates));

	for (unsigned i = 0; i < pattern_count; i++)
		gates[i] = patterns[i].gate;
	memcpy(find("next", sizeof(*next) * STATES_MAX * SYMBOLS), next, sizeof(*next) * state_count * SYMBOLS);
	memcpy(find("best", sizeof(*best) * STATES_MAX), best, sizeof(*best) * state_count);
	COPY_TABLE(find, dropped_counter);
	COPY_TABLE(find, malformed_counter);
	return NULL;
}
