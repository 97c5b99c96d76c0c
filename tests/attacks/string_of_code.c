/* SPDX-License-Identifier: Apache-2.0
 *
 * Text that looks like the compiler's intermediate code.
 *
 * expect: survives
 */
#include "attack.h"

const char text[] = "x = external global i8, comdat($a) ; constant ... byval(%s) @llvm.va_start(\n}\ndefine void @f() {";
static volatile char sum;
void attack(struct fp_batch *batch)
{
	for (unsigned i = 0; i < sizeof(text); i++)
		sum += ((const volatile char *)text)[i];
	batch->packet[0].gate = 0;
}
