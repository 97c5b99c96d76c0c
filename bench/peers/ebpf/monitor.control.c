/* SPDX-License-Identifier: Apache-2.0
 *
 * Fills the settings of monitor.bpf.c; its table begins empty.
 */
#include "../../../examples/nfs/monitor.c"

#include "control.h"

enum { FLOWS = 1 << 16 }; /* of the program */

const char *fill_tables(find_table_function *find)
{
	if (flow_max > FLOWS)
		return "the XDP program tracks at most 65536 flows";
	COPY_TABLE(find, flow_max);
	COPY_TABLE(find, flow_counter);
	COPY_TABLE(find, untracked_counter);
	COPY_TABLE(find, other_counter);
	COPY_TABLE(find, malformed_counter);
	return NULL;
}
