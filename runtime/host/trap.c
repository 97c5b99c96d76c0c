/* SPDX-License-Identifier: Apache-2.0
 *
 * Encodings (Intel SDM volume 2): UD1 is 0F B9 /r; REX.W with R = B names one register twice when reg
 * equals rm. rm = 4 (rsp, r12) needs an SIB byte without index; rm = 5 (rbp, r13) has no mod = 0 form. BNDCL is
 * F3 0F 1A /r, BNDCU F2 0F 1A /r, BNDLDX 0F 1A /r, BNDSTX 0F 1B /r.
 */
#include "trap.h"

#include <string.h>

#define SIB_NO_INDEX 0x24 /* scale 0, index 4 (none), base 4 */

/* The displacement of `mod` at `code`; 0 with `*ok` false if it does not fit into `len`. */
static int32_t read_displacement(uint8_t mod, const uint8_t *code, size_t len, int *ok)
{
	int32_t value;

	*ok = 1;
	if (mod == 0)
		return 0;
	if (mod == 1 && len >= 1)
		return (int8_t)code[0];
	if (mod == 2 && len >= 4) {
		memcpy(&value, code, sizeof(value));
		return value;
	}
	*ok = 0;
	return 0;
}

static struct fp_trap decode_guard(const uint8_t *code, size_t len)
{
	struct fp_trap trap = {.form = FP_TRAP_FORM_OTHER};
	uint8_t mod = code[3] >> 6, reg = code[3] >> 3 & 7, rm = code[3] & 7;
	size_t at = 4;
	int ok;

	if (reg != rm || (mod == 0 && rm == 5))
		return trap;
	if (rm == 4 && (len <= at || code[at++] != SIB_NO_INDEX))
		return trap;
	trap.number = read_displacement(mod, code + at, len - at, &ok);
	trap.root = (code[0] & 4) ? reg + 8 : reg;
	if (ok)
		trap.form = FP_TRAP_FORM_GUARD;
	return trap;
}

static struct fp_trap decode_kind(const uint8_t *code, size_t len)
{
	struct fp_trap trap = {.form = FP_TRAP_FORM_OTHER};
	int ok;

	if ((code[3] & 0x3f) != 0)
		return trap;
	trap.number = read_displacement(code[3] >> 6, code + 4, len - 4, &ok);
	if (ok)
		trap.form = FP_TRAP_FORM_KIND;
	return trap;
}

/* F3 or F2, REX.B for r8 to r15, 0F 1A, ModRM of two registers, the first of which is bnd0 to bnd3. */
static struct fp_trap decode_check(const uint8_t *code, size_t len)
{
	struct fp_trap trap = {.form = FP_TRAP_FORM_OTHER};
	size_t at = code[1] == 0x41 ? 2 : 1;

	if (len < at + 3 || code[at] != 0x0f || code[at + 1] != 0x1a || (code[at + 2] & 0xe0) != 0xc0)
		return trap;
	trap.form = FP_TRAP_FORM_CHECK;
	trap.root = (code[at + 2] & 7) + (at == 2 ? 8 : 0);
	return trap;
}

/* REX or nothing, 0F 1A or 0F 1B, ModRM of an address by two registers. */
static int is_entry(const uint8_t *code, size_t len)
{
	size_t at = (code[0] & 0xf8) == 0x40;

	return len >= at + 3 && code[at] == 0x0f && (code[at + 1] | 1) == 0x1b && code[at + 2] >> 6 != 3 &&
	       (code[at + 2] & 7) == 4;
}

struct fp_trap fp_trap_decode(const uint8_t *code, size_t len)
{
	struct fp_trap other = {.form = FP_TRAP_FORM_OTHER};

	if (len >= 2 && code[0] == 0x0f && code[1] == 0x0b)
		return (struct fp_trap){.form = FP_TRAP_FORM_UD2};
	if (len >= 4 && (code[0] == 0xf3 || code[0] == 0xf2))
		return decode_check(code, len);
	if (len >= 4 && is_entry(code, len))
		return (struct fp_trap){.form = FP_TRAP_FORM_ENTRY};
	if (len < 4 || code[1] != 0x0f || code[2] != 0xb9 || code[3] >> 6 == 3)
		return other;
	if (code[0] == 0x48 || code[0] == 0x4d)
		return decode_guard(code, len);
	if (code[0] == 0x67)
		return decode_kind(code, len);
	return other;
}
