"""Runs the rules "stack" and "memory" over every instruction that can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from fpcc.verifier.branches import violation_at
from fpcc.verifier.confinement import OPEN, RULE, is_confined, judge_access, judge_lowering
from fpcc.verifier.frame_flow import FrameFlow, follow_frames
from fpcc.verifier.frame_state import ARGUMENTS_MAX, FrameState
from fpcc.verifier.frame_words import WORD
from fpcc.verifier.leftovers import check_leftovers
from fpcc.verifier.model import BRANCH, CALL, JUMP, Instruction, Violation
from fpcc.verifier.native_stack import RULE as STACK_RULE
from fpcc.verifier.native_stack import check_stack
from fpcc.verifier.program import Program, branch_target


@dataclass(slots=True)
class CodeFindings:
    """What was found in all of the code that can be reached."""

    program: Program  # with all of its functions
    violations: list[Violation] = field(default_factory=list)
    unproved: list[Instruction] = field(default_factory=list)  # accesses for the guard rule
    accesses: dict[str, int] = field(default_factory=dict)  # by how they are confined
    functions: dict[int, int] = field(default_factory=dict)  # block -> its function
    arguments: dict[int, int] = field(default_factory=dict)  # function -> mask of the argument bytes it reads
    calls: list[tuple[Instruction, int, int, int]] = field(
        default_factory=list
    )  # of whom, by whom, mask of bytes passed


def check_code(program: Program) -> CodeFindings:
    """Follows every path, then judges every instruction once, in the state that holds on all paths to it."""
    flow = follow_frames(program)
    program = flow.program
    findings = CodeFindings(program)
    for leader in sorted(flow.states):
        findings.functions[leader] = flow.states[leader].function
        for instruction, state in flow.walk(leader):
            _judge(findings, program, instruction, state)
    findings.violations += _conflicts(program, flow)
    if is_confined("r", program.image.manifest.mode):
        findings.violations += _check_arguments(program, findings)
    return findings


def _judge(findings: CodeFindings, program: Program, instruction: Instruction, state: FrameState) -> None:
    found = findings.violations
    found += [violation_at(STACK_RULE, instruction, m) for m in check_stack(program, instruction, state)]
    if message := judge_lowering(instruction, program.image):
        found.append(violation_at(RULE, instruction, message))
    for memory, access in instruction.memory():
        how, message = judge_access(instruction, memory, access, state, program.image)
        findings.accesses[how] = findings.accesses.get(how, 0) + 1
        if message:
            found.append(violation_at(RULE, instruction, message))
        elif how == OPEN and is_confined(access, program.image.manifest.mode):
            findings.unproved.append(instruction)
    if is_confined("r", program.image.manifest.mode):
        found += [violation_at(RULE, instruction, m) for m in check_leftovers(instruction, state)]
        _note_arguments(findings, program, instruction, state)


def _note_arguments(
    findings: CodeFindings, program: Program, instruction: Instruction, state: FrameState
) -> None:
    for memory, access in instruction.memory():
        offset = state.native_offset(memory)
        if offset is not None and offset >= 0 and "r" in access:
            needed = ((1 << memory.size) - 1 << offset) >> WORD
            findings.arguments[state.function] = findings.arguments.get(state.function, 0) | needed
    target = branch_target(instruction) if instruction.kind in (CALL, JUMP, BRANCH) else None
    if target is not None and target in program.functions:
        assert state.depth is not None
        passed = state.own_above(state.depth, ARGUMENTS_MAX) if instruction.kind == CALL else -1
        findings.calls.append((instruction, target, state.function, passed))


def _check_arguments(program: Program, findings: CodeFindings) -> Iterator[Violation]:
    """Callers must have written what callees read of their frame; the host passes nothing there."""
    for instruction, target, caller, passed in findings.calls:
        needed = findings.arguments.get(target, 0)
        available = findings.arguments.get(caller, 0) if passed < 0 else passed
        if needed & ~available:
            yield violation_at(RULE, instruction, "the callee reads stack arguments that were not written")
    for name, address in program.image.entries.items():
        instruction_at = program.at(address)
        if findings.arguments.get(address) and instruction_at is not None:
            yield violation_at(
                RULE, instruction_at, f"{name} reads stack arguments, which the host does not pass"
            )


def _conflicts(program: Program, flow: FrameFlow) -> Iterator[Violation]:
    for address, message in flow.conflicts.items():
        instruction = program.at(address)
        if instruction is not None:
            yield violation_at(STACK_RULE, instruction, message)
