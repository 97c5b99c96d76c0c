"""What instructions do to the machine's state, as far as the proof follows it.

An instruction without a rule makes new values of all it writes, and leaves flags of which nothing is known;
so a rule is never needed for safety, only for proofs.
"""

from __future__ import annotations

from collections.abc import Mapping

from fpcc.verifier.guard_arithmetic import ARITHMETIC
from fpcc.verifier.guard_bits import BITS
from fpcc.verifier.guard_intervals import width_range
from fpcc.verifier.guard_machine import Machine, stack_offset
from fpcc.verifier.guard_moves import MOVES, pop, push, select_by_condition, set_by_condition
from fpcc.verifier.guard_operands import Rule, leave_flags, unknown
from fpcc.verifier.model import BRANCH, CALL, JUMP, NOP, POP, PUSH, RETURN, RSP, TRAP, Instruction

_CALLER_SAVED = (0, 1, 2, 6, 7, 8, 9, 10, 11)
_VECTOR_COMPARISONS = ("vucomi", "vcomi", "vptest", "vtest", "vpcmpestr", "vpcmpistr")


def execute(machine: Machine, instruction: Instruction) -> None:
    """Runs one instruction on the state."""
    machine.at, machine.end = instruction.address, instruction.end
    kind = _KINDS.get(instruction.kind)
    rule = kind or _RULES.get(instruction.mnemonic) or _rule_by_family(instruction.mnemonic)
    rule(machine, instruction)


def _call(machine: Machine, instruction: Instruction) -> None:
    """The callee keeps rbx, rbp, r12 to r15 and rsp, and what lies above its return address."""
    for register in _CALLER_SAVED:
        machine.registers[register] = machine.made(register, width_range(64))
    machine.flags = None
    depth = stack_offset(machine.registers[RSP])
    for offset in list(machine.slots):
        if depth is None or offset < depth:
            del machine.slots[offset]


def _rule_by_family(mnemonic: str) -> Rule:
    if mnemonic.startswith("cmov"):
        return select_by_condition
    if mnemonic.startswith("set"):
        return set_by_condition
    keeps_flags = mnemonic.startswith("v") and not mnemonic.startswith(_VECTOR_COMPARISONS)
    return leave_flags if keeps_flags else unknown


_KINDS: Mapping[str, Rule] = {
    CALL: _call,
    PUSH: push,
    POP: pop,
    **dict.fromkeys((JUMP, BRANCH, RETURN, TRAP, NOP), leave_flags),
}
_RULES: Mapping[str, Rule] = {
    **MOVES,
    **ARITHMETIC,
    **BITS,
    **dict.fromkeys(
        "shlx sarx rorx mulx pdep pext bswap movbe movnti lfence mfence sfence cwd cdq cqo".split()
        + "bndcl bndcu bndmk bndmov bndldx bndstx".split()
        + "prefetchnta prefetcht0 prefetcht1 prefetcht2 prefetchw".split(),
        leave_flags,
    ),
}
