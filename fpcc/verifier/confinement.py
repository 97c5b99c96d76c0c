"""The rule "memory": how each access is confined: by gs, the image's bounds, the frame, or a guard."""

from __future__ import annotations

from collections.abc import Iterable

from fpcc.verifier.bound_registers import judge_bounds
from fpcc.verifier.elf_file import Span
from fpcc.verifier.frame_state import FrameState
from fpcc.verifier.frame_values import TLS_POINTER, TLS_READ_ONLY
from fpcc.verifier.frame_words import WORD
from fpcc.verifier.guard_bounds import ENTRIES
from fpcc.verifier.image import Image
from fpcc.verifier.model import RIP, Bound, Instruction, Mem
from fpcc.verifier.native_stack import check_native

RULE = "memory"

# How an access is confined.
SEGMENT, IMAGE, FRAME, VARIABLE, OPEN = "segment", "image", "frame", "variable", "open"

# The accesses each mode confines.
CONFINED = {"wonly": "w", "rw": "rw", "pointer": "rw"}

Finding = tuple[str, str]  # how it is confined, and what is wrong with it ("" if nothing is)


def judge_access(
    instruction: Instruction, memory: Mem, access: str, state: FrameState, image: Image
) -> Finding:
    """How one access is confined. OPEN ones are left to whoever can prove them."""
    confined = any(kind in access for kind in CONFINED[image.manifest.mode])
    writes = "w" in access
    if memory.segment == "fs":
        return VARIABLE, _judge_variable(memory, writes, state)
    if memory.segment == "gs" and image.manifest.lowering != "segment":
        return SEGMENT, "gs holds this module's arena in lowering segment only"
    if memory.segment == "gs" or memory.narrow:
        fits = memory.segment == "gs" and memory.narrow and memory.base != RIP
        return SEGMENT, "" if fits else "gs and a 32-bit address go together, and with no rip"
    if memory.base == RIP:
        return IMAGE, _judge_image(
            instruction.end + memory.disp, memory.size, writes, image
        ) if confined else ""
    offset = state.native_offset(memory)
    if offset is not None and instruction.mnemonic in ENTRIES:
        return FRAME, "an entry of the bounds table that is about the native stack"
    if offset is not None:
        return FRAME, check_native(state, offset, memory.size, writes) if confined else ""
    return OPEN, ""


def judge_lowering(instruction: Instruction, image: Image) -> str:
    """What is wrong with an instruction that only makes sense in one lowering, "" if nothing is."""
    if not any(isinstance(operand, Bound) for operand in instruction.operands):
        return ""
    if image.manifest.lowering != "mpx":
        return "bound registers hold this module's regions in lowering mpx only"
    return judge_bounds(instruction, image)


def is_confined(access: str, mode: str) -> bool:
    """True if the mode wants this access confined."""
    return any(kind in access for kind in CONFINED[mode])


def _judge_variable(memory: Mem, writes: bool, state: FrameState) -> str:
    value = state.registers[memory.base] if memory.base >= 0 else 0
    if memory.index >= 0 or memory.disp or memory.narrow or memory.size != WORD:
        return "fs with anything but one register, for eight bytes"
    if value == TLS_POINTER or (value == TLS_READ_ONLY and not writes):
        return ""
    return "fs with a register that does not hold the offset of a variable of the host"


def _judge_image(address: int, size: int, writes: bool, image: Image) -> str:
    if _in_any(image.writable if writes else image.readable, address, size):
        return ""
    return f"{'writes' if writes else 'reads'} {address:#x}, which is not in the module's own image"


def _in_any(spans: Iterable[Span], address: int, size: int) -> bool:
    return any(span.holds(address, size) for span in spans)
