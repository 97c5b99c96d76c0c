"""Programs as C: one network function that gives each packet the gate of the first program that matches it.

Every program becomes a function of its own, statement by statement, that LLVM inlines into the decision: what
programs compute in common it computes once. Frames too short for a load, and division by 0, are no match.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fpcc.filters.lengths import NEVER, Lengths, find_lengths
from fpcc.filters.opcodes import BRANCHES, JUMP, RETURN_A, RETURNS
from fpcc.filters.program import Instruction, Program
from fpcc.filters.statements import ACCEPT, REJECT, write_condition, write_statements

_HEAD = """\
/* {title}. Made by fpcc; a, x and m0 to m15 are the registers of BPF. */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <fastpaas/nf.h>

static inline uint32_t load8(const uint8_t *at)
{{
	return *at;
}}

static inline uint32_t load16(const uint8_t *at)
{{
	uint16_t value;

	memcpy(&value, at, sizeof(value));
	return __builtin_bswap16(value);
}}

static inline uint32_t load32(const uint8_t *at)
{{
	uint32_t value;

	memcpy(&value, at, sizeof(value));
	return __builtin_bswap32(value);
}}
"""
_TAIL = """
void process(struct fp_batch *batch)
{
	uint32_t count = batch->count;

	for (uint32_t i = 0; i < count; i++) {
		struct fp_packet *packet = &batch->packet[i];

		packet->gate = choose_gate(packet->data, packet->len);
	}
}
"""
_SIGNATURE = "(const uint8_t *data, uint32_t len)\n{\n"


def write_source(programs: Sequence[Program], title: str) -> str:
    """The network function; gate `len(programs)` is for packets that no program matches."""
    functions = [write_function(program, number) for number, program in enumerate(programs)]
    return "".join([_HEAD.format(title=_as_comment(title)), *functions, _write_choice(len(programs)), _TAIL])


def _as_comment(text: str) -> str:
    """The text so that it neither ends a comment nor begins one."""
    printable = "".join(c if " " <= c <= "~" and c != "\\" else "?" for c in text)
    return re.sub(r"[*/](?=[*/])", r"\g<0> ", printable)


def _write_choice(count: int) -> str:
    tests = "".join(f"\tif (matches_{n}(data, len))\n\t\treturn {n};\n" for n in range(count))
    return f"\nstatic inline uint16_t choose_gate{_SIGNATURE}{tests}\treturn {count};\n}}\n"


def write_function(program: Program, number: int) -> str:
    """`bool matches_NUMBER(data, len)`: whether the program matches the frame."""
    head = f"\n/* {_as_comment(program.text)} */\nstatic inline bool matches_{number}{_SIGNATURE}"
    body = _write_body(program)
    names = ", ".join(f"{name} = 0" for name in _registers_in(body))
    declared = f"\tuint32_t {names};\n\n" if names else ""
    unused = "".join(f"\t(void){name};\n" for name in ("data", "len") if name not in body)
    return f"{head}{declared}{unused}{body}}}\n"


def _registers_in(body: str) -> list[str]:
    return sorted(set(re.findall(r"\b(?:a|x|m\d+)\b", body)), key=lambda name: (len(name), name))


def _write_body(program: Program) -> str:
    lengths = find_lengths(program)
    if lengths.at_start >= NEVER:
        return REJECT
    start = f"\tif (len < {lengths.at_start})\n\t{REJECT}" if lengths.at_start else ""
    blocks = {
        at: _write_instruction(program, at, lengths)
        for at in sorted(_reached(program, lengths))
        if at == 0
        or program.instructions[at].code not in RETURNS
        or program.instructions[at].code == RETURN_A
    }
    body = "".join(blocks.values())
    labelled = {int(label) for label in re.findall(r"goto L(\d+);", body)}
    return start + "".join(f"L{at}:\n{text}" if at in labelled else text for at, text in blocks.items())


def _reached(program: Program, lengths: Lengths) -> set[int]:
    """The instructions on some way to a match."""
    reached = {0}
    for at, instruction in enumerate(program.instructions):
        if at in reached:
            reached.update(t for t in instruction.following(at) if lengths.needed[t] < NEVER)
    return reached


def _write_instruction(program: Program, at: int, lengths: Lengths) -> str:
    """The instruction and where control goes after it, if that is not what follows in the text."""
    instruction = program.instructions[at]
    check = f"\tif (len < {lengths.checks[at]})\n\t{REJECT}" if lengths.checks[at] else ""
    if instruction.code in RETURNS:
        return "\treturn a != 0;\n" if instruction.code == RETURN_A else ACCEPT
    targets = [_write_jump(program.instructions, t, lengths) for t in instruction.following(at)]
    onward = f"\tgoto L{at + 1};\n"
    if instruction.code in BRANCHES:
        return _write_branch(instruction, targets, onward)
    statements = "" if instruction.code == JUMP else write_statements(instruction)
    return check + statements + ("" if targets[0] == onward else targets[0])


def _write_jump(instructions: tuple[Instruction, ...], target: int, lengths: Lengths) -> str:
    if lengths.needed[target] >= NEVER:
        return REJECT
    returning = instructions[target]
    is_match = returning.code in RETURNS and returning.code != RETURN_A
    return ACCEPT if is_match else f"\tgoto L{target};\n"


def _write_branch(instruction: Instruction, targets: list[str], onward: str) -> str:
    """`onward` is the jump to what follows in the text."""
    then, otherwise = targets
    if then == otherwise:
        return "" if then == onward else then
    if (then, otherwise) in ((ACCEPT, REJECT), (REJECT, ACCEPT)):
        return f"\treturn {write_condition(instruction, then == ACCEPT)};\n"
    if then == onward:
        return f"\tif ({write_condition(instruction, False)})\n\t{otherwise}"
    return f"\tif ({write_condition(instruction, True)})\n\t{then}{'' if otherwise == onward else otherwise}"
