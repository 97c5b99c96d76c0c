/* SPDX-License-Identifier: Apache-2.0
 *
 * Absolute addresses in DWARF 5, 32-bit format, as clang writes it: everything else in the debug
 * sections refers to .debug_addr or is relative. Section numbers below are those of the standard.
 */
#include "debug_image.h"

#include <stdbool.h>
#include <string.h>

#define FORMAT_64 0xffffffff
#define CIE_ID 0xffffffff
#define LINE_EXTENDED 0	   /* opcode 0: extended, with a length */
#define LINE_SET_ADDRESS 2 /* its only operand an address */
#define LINE_FIXED_ADVANCE 9 /* the only standard opcode whose operand is no LEB128 */

/* Reads forward through bytes; `bad` once a read has gone past the end. */
struct cursor {
	struct fp_bytes bytes;
	size_t at;
	bool bad;
};

static uint64_t take(struct cursor *cursor, size_t size)
{
	uint64_t value = 0;

	if (size > cursor->bytes.len - cursor->at) {
		cursor->bad = true;
		cursor->at = cursor->bytes.len;
		return 0;
	}
	if (size <= sizeof(value))
		memcpy(&value, cursor->bytes.start + cursor->at, size);
	cursor->at += size;
	return value;
}

static uint64_t take_uleb(struct cursor *cursor)
{
	uint64_t value = 0, byte = 0x80;

	for (unsigned shift = 0; byte & 0x80 && !cursor->bad; shift += 7) {
		byte = take(cursor, 1);
		if (shift < 64)
			value |= (byte & 0x7f) << shift;
	}
	return value;
}

static void move_address(struct cursor *cursor, uint64_t base)
{
	size_t at = cursor->at;
	uint64_t address = take(cursor, sizeof(address)) + base;

	if (!cursor->bad)
		memcpy(cursor->bytes.start + at, &address, sizeof(address));
}

/* Every section here is a series of units that begin with their length. */
static int each_unit(struct fp_bytes section, uint64_t base, void (*move)(struct cursor *unit, uint64_t base))
{
	struct cursor all = { section, 0, false };

	while (all.at < section.len) {
		uint64_t length = take(&all, 4);
		struct cursor unit = { { section.start + all.at, length }, 0, false };

		if (length >= FORMAT_64)
			return -1;
		take(&all, length);
		if (all.bad)
			return -1;
		move(&unit, base);
		if (unit.bad)
			return -1;
	}
	return 0;
}

/* 7.27: version, address and segment selector size, then addresses */
static void move_address_table(struct cursor *unit, uint64_t base)
{
	uint64_t version = take(unit, 2), address_size = take(unit, 1), selector_size = take(unit, 1);

	unit->bad |= version != 5 || address_size != 8 || selector_size != 0;
	while (!unit->bad && unit->at < unit->bytes.len)
		move_address(unit, base);
}

int fp_debug_move_addresses(struct fp_bytes section, uint64_t base)
{
	return each_unit(section, base, move_address_table);
}

/* 6.4.1: a CIE, which has no address, or an FDE: its CIE, then the first address it is about */
static void move_frame(struct cursor *unit, uint64_t base)
{
	if (take(unit, 4) != CIE_ID)
		move_address(unit, base);
}

int fp_debug_move_frames(struct fp_bytes section, uint64_t base)
{
	return each_unit(section, base, move_frame);
}

static void move_extended(struct cursor *unit, uint64_t base)
{
	uint64_t length = take_uleb(unit), end = unit->at + length;

	if (length > unit->bytes.len - unit->at) {
		unit->bad = true;
		return;
	}
	if (take(unit, 1) == LINE_SET_ADDRESS && length == 9)
		move_address(unit, base);
	unit->at = end;
}

static void skip_standard(struct cursor *unit, uint64_t opcode, uint64_t operands)
{
	if (opcode == LINE_FIXED_ADVANCE) {
		take(unit, 2);
		return;
	}
	for (; operands && !unit->bad; operands--)
		take_uleb(unit);
}

/* 6.2.4: version, address and selector size, length of the header from there on; five numbers of no
 * interest; the first special opcode and how many operands each opcode below it has */
static void move_line_program(struct cursor *unit, uint64_t base)
{
	uint64_t version = take(unit, 2), sizes = take(unit, 2);
	uint64_t header = take(unit, 4), program = unit->at + header;

	take(unit, 5);
	uint64_t first_special = take(unit, 1);
	const uint8_t *operands = unit->bytes.start + unit->at;

	take(unit, first_special ? first_special - 1 : 0);
	unit->bad |= version != 5 || sizes != 8 || program > unit->bytes.len;
	unit->at = program;
	while (!unit->bad && unit->at < unit->bytes.len) {
		uint64_t opcode = take(unit, 1);

		if (opcode == LINE_EXTENDED)
			move_extended(unit, base);
		else if (opcode < first_special)
			skip_standard(unit, opcode, operands[opcode - 1]);
	}
}

int fp_debug_move_lines(struct fp_bytes section, uint64_t base)
{
	return each_unit(section, base, move_line_program);
}
