/* SPDX-License-Identifier: Apache-2.0 */
#include "filter_check.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <fastpaas/abi.h>

#define EXTENSIONS 0x80000000u /* from here on Linux's loads are not of the frame */
#define WORD_BITS 32

/* Checks of k, by opcode. */
enum operand {
	UNKNOWN, /* no such opcode */
	ANY,
	FRAME,	 /* an offset in the frame */
	WORD,	 /* a word of scratch memory */
	DIVISOR,
	SHIFT,
	FORWARD, /* an unconditional jump */
};

static const uint8_t operands[256] = {
	[BPF_LD | BPF_W | BPF_ABS] = FRAME,    [BPF_LD | BPF_H | BPF_ABS] = FRAME,
	[BPF_LD | BPF_B | BPF_ABS] = FRAME,    [BPF_LDX | BPF_B | BPF_MSH] = FRAME,
	[BPF_LD | BPF_W | BPF_IND] = ANY,      [BPF_LD | BPF_H | BPF_IND] = ANY,
	[BPF_LD | BPF_B | BPF_IND] = ANY,      [BPF_LD | BPF_IMM] = ANY,
	[BPF_LDX | BPF_IMM] = ANY,	       [BPF_LD | BPF_W | BPF_LEN] = ANY,
	[BPF_LDX | BPF_W | BPF_LEN] = ANY,     [BPF_LD | BPF_MEM] = WORD,
	[BPF_LDX | BPF_MEM] = WORD,	       [BPF_ST] = WORD,
	[BPF_STX] = WORD,		       [BPF_ALU | BPF_ADD | BPF_K] = ANY,
	[BPF_ALU | BPF_ADD | BPF_X] = ANY,     [BPF_ALU | BPF_SUB | BPF_K] = ANY,
	[BPF_ALU | BPF_SUB | BPF_X] = ANY,     [BPF_ALU | BPF_MUL | BPF_K] = ANY,
	[BPF_ALU | BPF_MUL | BPF_X] = ANY,     [BPF_ALU | BPF_DIV | BPF_K] = DIVISOR,
	[BPF_ALU | BPF_DIV | BPF_X] = ANY,     [BPF_ALU | BPF_MOD | BPF_K] = DIVISOR,
	[BPF_ALU | BPF_MOD | BPF_X] = ANY,     [BPF_ALU | BPF_OR | BPF_K] = ANY,
	[BPF_ALU | BPF_OR | BPF_X] = ANY,      [BPF_ALU | BPF_AND | BPF_K] = ANY,
	[BPF_ALU | BPF_AND | BPF_X] = ANY,     [BPF_ALU | BPF_XOR | BPF_K] = ANY,
	[BPF_ALU | BPF_XOR | BPF_X] = ANY,     [BPF_ALU | BPF_LSH | BPF_K] = SHIFT,
	[BPF_ALU | BPF_LSH | BPF_X] = ANY,     [BPF_ALU | BPF_RSH | BPF_K] = SHIFT,
	[BPF_ALU | BPF_RSH | BPF_X] = ANY,     [BPF_ALU | BPF_NEG] = ANY,
	[BPF_JMP | BPF_JA] = FORWARD,	       [BPF_JMP | BPF_JEQ | BPF_K] = ANY,
	[BPF_JMP | BPF_JEQ | BPF_X] = ANY,     [BPF_JMP | BPF_JGT | BPF_K] = ANY,
	[BPF_JMP | BPF_JGT | BPF_X] = ANY,     [BPF_JMP | BPF_JGE | BPF_K] = ANY,
	[BPF_JMP | BPF_JGE | BPF_X] = ANY,     [BPF_JMP | BPF_JSET | BPF_K] = ANY,
	[BPF_JMP | BPF_JSET | BPF_X] = ANY,    [BPF_RET | BPF_K] = ANY,
	[BPF_RET | BPF_A] = ANY,	       [BPF_MISC | BPF_TAX] = ANY,
	[BPF_MISC | BPF_TXA] = ANY,
};

static bool is_return(const struct bpf_insn *instruction)
{
	return BPF_CLASS(instruction->code) == BPF_RET;
}

/* NULL if k may be what it is. */
static const char *judge_operand(enum operand operand, uint32_t k)
{
	if (operand == FRAME && k >= EXTENSIONS)
		return "loads what is not in the frame";
	if (operand == WORD && k >= BPF_MEMWORDS)
		return "names a word of scratch memory that does not exist";
	if (operand == DIVISOR && k == 0)
		return "divides by 0";
	if (operand == SHIFT && k >= WORD_BITS)
		return "shifts by 32 bits or more";
	if (operand == FORWARD && k >= EXTENSIONS)
		return "jumps backward";
	return NULL;
}

/* Where control may go from instruction `at`: one or two places, written to `next`; none from a return. */
static unsigned list_next(const struct bpf_insn *instruction, unsigned at, uint64_t next[2])
{
	if (is_return(instruction))
		return 0;
	next[0] = next[1] = at + 1ull;
	if (BPF_CLASS(instruction->code) != BPF_JMP)
		return 1;
	next[0] += BPF_OP(instruction->code) == BPF_JA ? instruction->k : instruction->jt;
	next[1] += instruction->jf;
	return BPF_OP(instruction->code) == BPF_JA ? 1 : 2;
}

static const char *judge_instruction(const struct bpf_insn *instruction, unsigned at, unsigned count)
{
	enum operand operand = instruction->code < sizeof(operands) ? operands[instruction->code] : UNKNOWN;
	uint64_t next[2];
	unsigned ways = list_next(instruction, at, next);
	const char *wrong = judge_operand(operand, instruction->k);

	if (operand == UNKNOWN)
		return "no such opcode";
	for (unsigned way = 0; way < ways && !wrong; way++)
		if (next[way] >= count)
			wrong = "jumps, or runs, past the end";
	return wrong;
}

/* Follows which words of scratch memory are stored on every way to an instruction, a bit for each. */
static int check_memory(const struct bpf_program *program, struct fp_error *error)
{
	uint16_t stored[FP_FILTER_INSTRUCTIONS];

	memset(stored, UINT8_MAX, sizeof(stored));
	stored[0] = 0;
	for (unsigned at = 0; at < program->bf_len; at++) {
		const struct bpf_insn *instruction = &program->bf_insns[at];
		bool is_word = operands[instruction->code] == WORD;
		bool is_load = BPF_CLASS(instruction->code) == BPF_LD || BPF_CLASS(instruction->code) == BPF_LDX;
		uint16_t word = is_word ? (uint16_t)(1u << instruction->k) : 0;
		uint64_t next[2];
		unsigned ways = list_next(instruction, at, next);

		if (is_load && (word & ~stored[at]))
			return fp_fail(error, "instruction %u: loads M[%u], which nothing has stored", at, instruction->k);
		for (unsigned way = 0; way < ways; way++)
			stored[next[way]] &= (uint16_t)(stored[at] | word);
	}
	return 0;
}

int fp_filter_check(const struct bpf_program *program, struct fp_error *error)
{
	unsigned count = program->bf_len;

	if (count < 1 || count > FP_FILTER_INSTRUCTIONS)
		return fp_fail(error, "%u instructions; allowed are 1 to %d", count, FP_FILTER_INSTRUCTIONS);
	for (unsigned at = 0; at < count; at++) {
		const char *wrong = judge_instruction(&program->bf_insns[at], at, count);

		if (wrong)
			return fp_fail(error, "instruction %u: %s", at, wrong);
	}
	if (!bpf_validate(program->bf_insns, (int)count))
		return fp_fail(error, "libpcap refuses the program");
	return check_memory(program, error);
}
