/* SPDX-License-Identifier: Apache-2.0
 *
 * macswap has no tables.
 */
#include "../../../examples/nfs/macswap.c"

#include "control.h"

const char *fill_tables(find_table_function *find)
{
	(void)find;
	return NULL;
}
