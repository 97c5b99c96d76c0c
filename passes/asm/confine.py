"""Confines a module's memory operands after code generation: the `segment` lowering (DESIGN.md, section 4).

Requires: assembly in AT&T syntax as LLVM prints it, one statement a line. Gives: the same statements, in
which each operand that touches memory in one of the given ways is gs-relative with a 32-bit address, whatever
the registers hold. Operands on the native stack and those relative to the instruction stay; the verifier
proves them. An instruction that no row of instructions.py allows is refused: fail closed.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field

from passes.asm.instructions import (
    BRANCHES,
    CONDITIONAL_BRANCHES,
    EFFECTS,
    PREFIXES,
    REPEATED,
    Effect,
)
from passes.asm.operand import NATIVE_STACK, Memory, UnknownOperand, read_memory, split_operands
from passes.model import Location

_STATEMENT = re.compile(r"\t((?:[a-z]+\t\t)?)([a-z][a-z0-9_]*)(?:\t(.*))?")
_LABEL = re.compile(r'(?:[-\w$.]+|"[^"]*"):')
_FUNCTION = re.compile(r"\t\.type\t([-\w$.]+|\"[^\"]*\"),@function")
_FILE = re.compile(r'\t\.file\t(\d+) (?:"([^"]*)" )?"([^"]*)"')
_PLACE = re.compile(r"\t\.loc\t(\d+) (\d+) (\d+)")
# Of functions and loops; data has a fill value besides. Confined instructions are two bytes longer, so more
# of them cross lines of the caches of instructions and of decoded ones: a loop begins with a line of its own.
_LOOP_ALIGNMENT, _LONGER_LOOP_ALIGNMENT = "\t.p2align\t4", "\t.p2align\t6"
_TARGET = re.compile(r"[-\w$.]+(?:@PLT)?")


class RefusedInstruction(Exception):
    """An instruction that must not be in a module; says where and why."""

    def __init__(self, instruction: str, function: str, location: Location, reason: str) -> None:
        self.instruction, self.function, self.location, self.reason = instruction, function, location, reason
        super().__init__(f"{function}: {instruction}: {reason}")


def confine_operands(assembly: str, kinds: Set[str]) -> str:
    """`assembly` with the operands of these kinds of access confined. Raises RefusedInstruction."""
    confiner = _Confiner(kinds)
    return "\n".join([confiner.edit_line(line) for line in assembly.split("\n")])


@dataclass
class _Confiner:
    kinds: Set[str]  # of access: "read", "write", "update"
    function: str = ""
    _place: re.Match[str] | None = None  # the last .loc
    _files: dict[str, str] = field(default_factory=dict)

    def edit_line(self, line: str) -> str:
        """A line of assembly, its operands confined."""
        if line == _LOOP_ALIGNMENT:
            return _LONGER_LOOP_ALIGNMENT
        if line[:2] == "\t." or line[:2] == "\t#" or not line:
            self._note_directive(line)
            return line
        if line[0] != "\t":
            return self._check_label(line)
        statement = _STATEMENT.fullmatch(line.partition("\t#")[0].rstrip())
        try:
            if statement is None:
                raise UnknownOperand("no statement fpcc knows")
            return self._edit(line, statement[1].strip(), statement[2], statement[3] or "")
        except UnknownOperand as error:
            raise RefusedInstruction(
                " ".join(line.split()), self.function, self._locate(), str(error)
            ) from error

    def _check_label(self, line: str) -> str:
        if _LABEL.fullmatch(line.partition("#")[0].rstrip()) is None:
            raise RefusedInstruction(line, self.function, self._locate(), "no label fpcc knows")
        return line

    def _note_directive(self, line: str) -> None:
        if line.startswith("\t.loc\t"):
            self._place = _PLACE.match(line)
        elif line.startswith("\t.type\t") and (found := _FUNCTION.match(line)):
            self.function = found[1]
        elif line.startswith("\t.file\t") and (named := _FILE.match(line)):
            self._files[named[1]] = named[3]

    def _locate(self) -> Location:
        if self._place is None:
            return Location()
        number, row, column = self._place.groups()
        return Location(self._files.get(number, ""), int(row), int(column))

    def _edit(self, line: str, prefix: str, mnemonic: str, text: str) -> str:
        if prefix and (prefix not in PREFIXES or (prefix == "rep" and mnemonic not in REPEATED)):
            raise UnknownOperand(f"the prefix `{prefix}` is not allowed")
        if mnemonic in BRANCHES or mnemonic in CONDITIONAL_BRANCHES:
            if text and _TARGET.fullmatch(text) is None:
                raise UnknownOperand("a jump or call to anything but a name")
            return line
        effect = EFFECTS.get(mnemonic)
        if effect is None:
            raise UnknownOperand("this instruction is not on the list of those a module may contain")
        if "(" not in text and not _may_be_absolute(text):
            return line
        operands = split_operands(text)
        edited = [self._edit_operand(operands, at, mnemonic, effect) for at in range(len(operands))]
        if edited == operands:
            return line
        before = f"\t{prefix}\t" if prefix else ""
        return f"{before}\t{mnemonic.replace('movabs', 'mov')}\t{', '.join(edited)}"

    def _edit_operand(self, operands: list[str], at: int, mnemonic: str, effect: Effect) -> str:
        memory = read_memory(operands[at])
        if memory is None:
            return operands[at]
        kind = effect.as_last if at == len(operands) - 1 else effect.as_other
        if kind is None:
            raise UnknownOperand(f"`{mnemonic}` with `{operands[at]}` in memory")
        if not kind:
            _check_address(memory, operands[-1])
        if memory.is_native or memory.segment == "fs" or not kind:
            return operands[at]
        if NATIVE_STACK in (memory.base, memory.index):
            raise UnknownOperand("an access to the native stack at an address computed at run time")
        if kind in self.kinds or mnemonic.startswith("movabs"):
            return memory.confined()
        return operands[at]


def _may_be_absolute(text: str) -> bool:
    """Whether an operand may be in memory without registers: it is neither a register nor an immediate."""
    return any(word[:1] not in "%$" for word in text.replace(" ", "").split(","))


def _check_address(memory: Memory, target: str) -> None:
    """An address on the native stack must stay out of registers: what is reached by them is confined."""
    if NATIVE_STACK in (memory.base, memory.index) and target != f"%{NATIVE_STACK}":
        raise UnknownOperand("the address of a place on the native stack")
