/* SPDX-License-Identifier: Apache-2.0
 *
 * A linked list whose next pointer leads out.
 *
 * expect: fault guard
 */
#include "attack.h"

struct item { struct item *next; uint64_t value; };
void attack(struct fp_batch *batch)
{
	struct item *first = NULL;

	for (unsigned i = 0; i < 10; i++) {
		struct item *item = malloc(sizeof(*item));

		*item = (struct item){i ? first : (struct item *)wild(HOST_PAGE), i};
		first = item;
	}
	for (; first; first = first->next) /* HERE */
		first->value += batch->count; /* HERE */
}
