"""Areas of the module stack that only unlikely code uses: it reads their address again, and nothing keeps it.

An address made on entry holds a register up to where it is used, through loops that have no use for it. Until
the function returns, the host's variable holds the same one; reading it costs unlikely code two instructions.

Requires: operands that are confined after code generation, so that no address need be proved, and a frame
that stays where it is. What is unlikely the program says by `__builtin_expect`, which LLVM puts into !prof.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from passes.analysis.cfg import ControlFlow, build_control_flow
from passes.ir.instruction import Instruction
from passes.ir.module import Block, Function
from passes.stack import Frame

_RARE = 32  # an edge taken less than once in so many times is unlikely
_FARTHEST = 1 << 31  # steps beyond are negative, or lead out of any frame
_WEIGHT = re.compile(r"i32 (-?\d+)")
_NAME = re.compile(r'%(?:[-\w$.]+|"[^"]*")')


def _unlikely_blocks(flow: ControlFlow, metadata: Mapping[str, str]) -> set[str]:
    """Labels of blocks that are reached by unlikely edges only, or from such blocks."""
    unlikely = set(flow.order[1:])
    rare = {label: _rare_targets(block, metadata) for label, block in flow.blocks.items()}
    pending = [flow.order[0]]
    while pending:
        label = pending.pop()
        reached = {target for target in flow.blocks[label].terminator.labels if target not in rare[label]}
        pending += reached & unlikely
        unlikely -= reached
    return unlikely


def areas_to_reread(
    function: Function, frame: Frame, metadata: Mapping[str, str]
) -> dict[int, dict[str, int]]:
    """Number of a block -> the addresses to be read again in it, with their offsets in the frame.

    Of an area all or none: one use elsewhere, and its address is at hand anyway.
    """
    if frame.dynamic or not frame.offsets:
        return {}
    flow = build_control_flow(function)
    unlikely = _unlikely_blocks(flow, metadata)
    offsets, origin = dict(frame.offsets), {name: name for name in frame.offsets}
    uses: dict[str, set[str]] = {}
    kept: set[str] = set()
    for label, instruction in _definitions_first(flow):
        used = _names_used(instruction) & offsets.keys()
        step = _constant_step(instruction)
        if used and step is not None:
            base = instruction.operands[0].text
            offsets[instruction.name], origin[instruction.name] = offsets[base] + step, origin[base]
        elif label in unlikely and instruction.opcode != "phi":
            uses.setdefault(label, set()).update(used)
        else:
            kept |= {origin[name] for name in used}
    found = {
        number: {
            name: offsets[name] for name in sorted(uses.get(block.label, ())) if origin[name] not in kept
        }
        for number, block in enumerate(function.blocks)
    }
    return {number: names for number, names in found.items() if names}


def _definitions_first(flow: ControlFlow) -> Iterator[tuple[str, Instruction]]:
    for label in flow.order:
        yield from ((label, instruction) for instruction in flow.blocks[label].instructions)


def reread(lines: list[str], names: Mapping[str, int], pointer: str, number: int) -> list[str]:
    """A block's lines, behind its phis, with the addresses read again first; `number` is in new names."""
    base = f"%fp.reread{number}"
    new = {name: f"{base}.{at}" for at, name in enumerate(names)}
    return [
        f"{base} = load ptr, ptr @{pointer}, align 8",
        *(f"{new[name]} = getelementptr i8, ptr {base}, i64 {offset}" for name, offset in names.items()),
        *(_NAME.sub(lambda name: new.get(name[0], name[0]), line) for line in lines),
    ]


def _names_used(instruction: Instruction) -> set[str]:
    """Without marks of lifetimes, which protected code does not have."""
    if instruction.opcode == "call" and instruction.callee.startswith("@llvm.lifetime."):
        return set()
    return {name for operand in instruction.operands for name in operand.names()}


def _rare_targets(block: Block, metadata: Mapping[str, str]) -> set[str]:
    """The successors that the block's branch hardly ever takes."""
    labels, weights = block.terminator.labels, _weights(block.terminator, metadata)
    if len(weights) != len(labels):
        return set()
    return {label for label in labels if _share(label, labels, weights) * _RARE < sum(weights)}


def _share(label: str, labels: Sequence[str], weights: Sequence[int]) -> int:
    return sum(weight for target, weight in zip(labels, weights, strict=True) if target == label)


def _weights(end: Instruction, metadata: Mapping[str, str]) -> list[int]:
    """One of each label; LLVM prints them as if they were signed."""
    return [int(weight) % (1 << 32) for weight in _WEIGHT.findall(metadata.get(end.weights, ""))]


def _constant_step(instruction: Instruction) -> int | None:
    """How many bytes further a getelementptr leads, if that is a constant of bytes."""
    if instruction.opcode != "getelementptr" or len(instruction.operands) != 2:
        return None
    step = instruction.operands[1].integer
    is_plain = instruction.source is not None and instruction.source.alloc_size == 1
    return step if is_plain and step is not None and step < _FARTHEST else None
