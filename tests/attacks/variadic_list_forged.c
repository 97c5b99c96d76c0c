/* SPDX-License-Identifier: Apache-2.0
 *
 * A va_list whose pointers are the attacker's.
 *
 * expect: fault guard: read
 * expect in wonly: survives
 */
#include <stdarg.h>

#include "attack.h"
__attribute__((noinline)) static uint64_t take(unsigned count, ...)
{
	union { va_list list; uint64_t words[3]; uint32_t halves[6]; } forged;

	va_start(forged.list, count);
	forged.words[1] = forged.words[2] = opaque(HOST_PAGE);
	tell(va_arg(forged.list, uint64_t)); /* HERE */
	forged.halves[0] = 0;
	tell(va_arg(forged.list, uint64_t)); /* HERE */
	return 0;
}
void attack(struct fp_batch *batch)
{
	batch->packet[0].timestamp = take(1, 5ul);
}
