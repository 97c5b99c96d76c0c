"""Vector elements chosen at run time, spelled out.

Code generation would put the vector on the native stack and index it there: an address computed from a value
of the module, which neither the segment lowering nor the verifier allows. An index that names no element is
given a meaning, too: it reads zero and writes nothing.
"""

from __future__ import annotations

from passes.ir.instruction import Instruction
from passes.normalise import define_text


def is_spelled_out(instruction: Instruction) -> bool:
    """Whether the element is not surely one that exists."""
    if instruction.opcode not in ("extractelement", "insertelement"):
        return False
    index = instruction.operands[-1].integer
    return index is None or index >= instruction.operands[0].type.count


def spell_out(instruction: Instruction, prefix: str) -> list[str]:
    """Lines in place of the instruction; `prefix` begins the names they make."""
    if instruction.opcode == "insertelement":
        return _insert(instruction, prefix)
    return _extract(instruction, prefix)


def _extract(instruction: Instruction, prefix: str) -> list[str]:
    """Looks at one element after the other."""
    vector, index = instruction.operands
    element, text = instruction.type.text, f"{vector.type.text} {define_text(vector)}"
    chosen, lines = "zeroinitializer", []
    for number in _named(vector.type.count, index.type.bits):
        name = f"{prefix}.{number}"
        lines += [
            f"{name}.element = extractelement {text}, i64 {number}",
            f"{name}.is = icmp eq {index.type.text} {define_text(index)}, {number}",
            f"{name} = select i1 {name}.is, {element} {name}.element, {element} {chosen}",
        ]
        chosen = name
    return [*lines, f"{instruction.name} = freeze {element} {chosen}"]


def _insert(instruction: Instruction, prefix: str) -> list[str]:
    """Compares the index with all numbers at once."""
    vector, value, index = instruction.operands
    count, whole = vector.type.count, f"{vector.type.text} {define_text(vector)}"
    numbers = ", ".join(f"i64 {number}" for number in range(count))
    wide = f"{prefix}.index"
    opcode = "zext" if index.type.bits < 64 else "trunc"
    widen = f"{opcode} {index.type.text} {define_text(index)} to i64"
    return [
        f"{wide} = freeze i64 {define_text(index)}" if index.type.bits == 64 else f"{wide} = {widen}",
        *_splat(f"{prefix}.indices", "i64", wide, count),
        *_splat(f"{prefix}.values", value.type.text, define_text(value), count),
        f"{prefix}.is = icmp eq <{count} x i64> {prefix}.indices, <{numbers}>",
        f"{instruction.name} = select <{count} x i1> {prefix}.is,"
        f" {vector.type.text} {prefix}.values, {whole}",
    ]


def _splat(name: str, kind: str, value: str, count: int) -> list[str]:
    vector = f"<{count} x {kind}>"
    return [
        f"{name}.one = insertelement {vector} zeroinitializer, {kind} {value}, i64 0",
        f"{name} = shufflevector {vector} {name}.one, {vector} zeroinitializer,"
        f" <{count} x i32> zeroinitializer",
    ]


def _named(count: int, bits: int) -> range:
    """The elements that an index of that many bits can name."""
    return range(min(count, 1 << bits))
