"""The rule "branch": where control can go.

Every direct branch goes to an instruction, every call to a function or to the stub of an import, and no
instruction is followed by one that is not there. The only indirect branches are returns and the stubs.
"""

from __future__ import annotations

from collections.abc import Iterator

from fpcc.verifier.model import BRANCH, CALL, JUMP, RETURN, TRAP, Instruction, Violation
from fpcc.verifier.program import Program, branch_target, jump_slot

RULE = "branch"


def check_branches(program: Program) -> tuple[Violation, ...]:
    """What breaks the rule; every instruction of text is looked at, even if nothing leads to it."""
    return (*_check_starts(program), *_check_end(program), *_check_all(program))


def violation_at(rule: str, instruction: Instruction, message: str) -> Violation:
    """A violation by one instruction; function and source are found later, if at all."""
    return Violation(rule, instruction.address, instruction.bytes, str(instruction), "", "", message)


def _check_starts(program: Program) -> Iterator[Violation]:
    for name, address in program.image.entries.items():
        if address not in program.positions:
            yield Violation(RULE, address, b"", "", "", "", f"entry point {name} is no instruction")
    for address in sorted(program.image.text_pointers - program.positions.keys()):
        yield Violation(
            RULE, address, b"", "", "", "", "a relocated pointer into the middle of an instruction"
        )


def _check_end(program: Program) -> Iterator[Violation]:
    last = program.instructions[-1] if program.instructions else None
    if last is not None and last.kind not in (JUMP, RETURN, TRAP):
        yield violation_at(RULE, last, "control runs off the end of text")


def _check_all(program: Program) -> Iterator[Violation]:
    branches = (i for i in program.instructions if i.kind in (JUMP, BRANCH, CALL))
    judged = ((instruction, _judge(program, instruction)) for instruction in branches)
    return (violation_at(RULE, instruction, message) for instruction, message in judged if message)


def _judge(program: Program, instruction: Instruction) -> str:
    target = branch_target(instruction)
    if target is None:
        return _judge_indirect(program, instruction)
    if target not in program.positions:
        inside = program.image.text_span.holds(target, 1)
        return f"goes to {target:#x}, {'the middle of an instruction' if inside else 'outside text'}"
    return ""


def _judge_indirect(program: Program, instruction: Instruction) -> str:
    slot = jump_slot(instruction)
    if slot is None or instruction.kind != JUMP:
        return "an indirect branch that is no import stub"
    if slot in program.image.import_slots or program.image.is_null_word(slot):
        return ""  # a null word: what lld writes for lazy binding; to jump through it is a fault
    return f"jumps through {slot:#x}, which holds no import"
