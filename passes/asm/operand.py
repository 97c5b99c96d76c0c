"""Operands in AT&T syntax, and memory operands in particular: `%segment:displacement(%base,%index,scale)`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_MEMORY = re.compile(
    r"(?:%(?P<segment>[a-z]s):)?(?P<displacement>[^()\s\"]*)"
    r"(?P<registers>\((?:%(?P<base>\w+))?(?:,\s*%(?P<index>\w+)(?:,\s*(?P<scale>[1248]))?)?\))?"
)
_NUMBER = re.compile(r"-?\d+")
_OLD = "ax cx dx bx sp bp si di".split()
# 64-bit address registers -> their lower halves
NARROW: Mapping[str, str] = {
    **{f"r{name}": f"e{name}" for name in _OLD if name != "sp"},
    **{f"r{number}": f"r{number}d" for number in range(8, 16)},
}
NATIVE_STACK = "rsp"
NO_INDEX = "eiz"  # the encoding without base and index, with 32-bit addressing
_MASK = (1 << 32) - 1


class UnknownOperand(ValueError):
    """An operand of a form that fpcc does not know."""


@dataclass(frozen=True, slots=True)
class Memory:
    """A memory operand; names without %, "" for none."""

    segment: str
    displacement: str
    base: str
    index: str
    scale: str

    @property
    def is_native(self) -> bool:
        """On the native stack, or relative to the instruction: an address no value of the module enters."""
        return self.base in (NATIVE_STACK, "rip") and not self.index

    def confined(self) -> str:
        """The operand cut to the arena: relative to gs, its address computed in 32 bits.

        Raises UnknownOperand for one that cannot be.
        """
        registers = [NARROW.get(name) for name in (self.base, self.index) if name]
        if self.segment or None in registers:
            raise UnknownOperand("its address cannot be confined to the arena")
        if not registers:
            return f"%gs:{self._absolute()}(,%{NO_INDEX},1)"
        base = f"%{NARROW[self.base]}" if self.base else ""
        index = f",%{NARROW[self.index]},{self.scale or 1}" if self.index else ""
        return f"%gs:{self.displacement}({base}{index})"

    def _absolute(self) -> int:
        if _NUMBER.fullmatch(self.displacement) is None:
            raise UnknownOperand("a symbol's absolute address")
        low = int(self.displacement) & _MASK
        return low - (1 << 32) if low >> 31 else low


def split_operands(text: str) -> list[str]:
    """The operands of an instruction; commas inside parentheses do not divide."""
    operands, depth, start = [], 0, 0
    for at, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            operands.append(text[start:at].strip())
            start = at + 1
    return [*operands, text[start:].strip()] if text.strip() else []


def read_memory(operand: str) -> Memory | None:
    """`operand` if it is in memory, None for registers and immediates. Raises UnknownOperand."""
    if operand.startswith("$"):
        return None
    if operand.startswith("%") and ":" not in operand:
        if not operand[1:].isalnum():
            raise UnknownOperand(f"`{operand}` is no register of a module")
        return None
    found = _MEMORY.fullmatch(operand)
    if found is None or not (found["displacement"] or found["registers"]):
        raise UnknownOperand(f"`{operand}` is no operand fpcc knows")
    parts = (found["segment"], found["displacement"], found["base"], found["index"], found["scale"])
    return Memory(*(part or "" for part in parts))
