"""Of the rule "memory", lowering `mpx`: bound registers hold the regions' bounds, which only the host loads.

In mode `pointer` one of them, FP_BOUNDS_MOVING, moves the bounds of objects to and from the processor's table
instead; nothing may change another, and nothing may be proved by this one.
"""

from __future__ import annotations

from fpcc.abi import abi
from fpcc.verifier.guard_bounds import OTHER
from fpcc.verifier.image import Image
from fpcc.verifier.model import Bound, Instruction

_NOP, _ESCAPE = b"\x90", 0x0F
_AFTER_ESCAPE = 3  # it, the opcode and ModRM: what follows is the address
_COMPUTES = "bndmk"  # its address is read once


def judge_bounds(instruction: Instruction, image: Image) -> str:
    """What is wrong with an instruction on a bound register, "" if nothing is."""
    registers = {operand.number for operand in instruction.operands if isinstance(operand, Bound)}
    is_moving = image.manifest.mode == "pointer" and registers == {abi().number("FP_BOUNDS_MOVING")}
    if instruction.mnemonic in OTHER:
        return "a check against bounds that are no region's" if is_moving else ""
    if not is_moving:
        return "the bounds of a region are the host's to load"
    return _judge_padding(instruction, image)


def _judge_padding(instruction: Instruction, image: Image) -> str:
    """qemu, where modules of this lowering are tried, reads the bytes of such an address a second time, from
    what follows, and goes on behind that: so what follows has to be instructions that do nothing."""
    if instruction.mnemonic == _COMPUTES:
        return ""
    start = instruction.end - image.text_span.start
    count = instruction.size - instruction.bytes.index(_ESCAPE) - _AFTER_ESCAPE
    if image.text[start : start + count] == _NOP * count:
        return ""
    return f"not followed by {count} nops, which an emulator would take for its address"
