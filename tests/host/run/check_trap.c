/* SPDX-License-Identifier: Apache-2.0
 *
 * Prints what the decoder makes of each instruction on standard input.
 */
#include <stdio.h>

#include "hex_line.h"
#include "trap.h"

static void show(const uint8_t *code, size_t len)
{
	struct fp_trap trap = fp_trap_decode(code, len);

	if (trap.form == FP_TRAP_FORM_GUARD)
		printf("guard %d %u\n", trap.number, trap.root);
	else if (trap.form == FP_TRAP_FORM_KIND)
		printf("kind %d\n", trap.number);
	else if (trap.form == FP_TRAP_FORM_CHECK)
		printf("check %u\n", trap.root);
	else if (trap.form == FP_TRAP_FORM_ENTRY)
		puts("entry");
	else
		puts(trap.form == FP_TRAP_FORM_UD2 ? "ud2" : "other");
}

int main(void)
{
	return for_each_hex_line(show);
}
