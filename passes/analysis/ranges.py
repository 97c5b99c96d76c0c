"""Bounds on integer values that follow from instructions alone.

A range is (low, high), both included, of the value read as an unsigned number of its width. Only facts that
hold in two's complement arithmetic are used: no flag, attribute or metadata an author could falsify.
Divisions give none: code generation turns them into multiplications that do not show the verifier the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from passes.analysis.values import Values
from passes.ir.instruction import Instruction
from passes.ir.operand import Operand

Range = tuple[int, int]
_DEPTH = 8
_WORD = (1 << 16) - 1
_COSTS = {"phi": 4, "select": 2}  # of the depth: keeps the number of values looked at small
_NO_CONDITIONS: Mapping[str, Range] = {}
_INVERSE = {
    "eq": "ne",
    "ne": "eq",
    "ult": "uge",
    "uge": "ult",
    "ugt": "ule",
    "ule": "ugt",
    "slt": "sge",
    "sge": "slt",
    "sgt": "sle",
    "sle": "sgt",
}


@dataclass
class Ranges:
    """Ranges of one function's values; results are remembered by value and depth, while conditions stay."""

    values: Values
    _always: dict[tuple[str, int], Range] = field(default_factory=dict)
    _here: dict[tuple[str, int], Range] = field(default_factory=dict)
    _conditions: Mapping[str, Range] = field(default_factory=dict)
    _free: dict[str, Range] = field(default_factory=dict)
    _slices: dict[str, set[str]] = field(default_factory=dict)

    def of(self, operand: Operand, conditions: Mapping[str, Range] = _NO_CONDITIONS) -> Range:
        """The range of an integer operand where `conditions` (name -> range) hold as well."""
        if conditions and conditions.keys().isdisjoint(self._sources(operand.text)):
            conditions = _NO_CONDITIONS
        elif conditions is not self._conditions:
            self._conditions, self._here = conditions, {}
        return self._of(operand, conditions, _DEPTH)

    def of_name(self, name: str, conditions: Mapping[str, Range]) -> Range:
        """`of` for the instruction called `name`."""
        free = not conditions or conditions.keys().isdisjoint(self._sources(name))
        if free and name in self._free:
            return self._free[name]
        operand = Operand(self.values.definitions[name].type, name)
        found = self.of(operand, _NO_CONDITIONS if free else conditions)
        if free:
            self._free[name] = found
        return found

    def _sources(self, name: str) -> set[str]:
        """The values that `name` is computed from, as far as ranges look."""
        if name not in self._slices:
            self._slices[name] = self._collect_sources(name)
        return self._slices[name]

    def _collect_sources(self, name: str) -> set[str]:
        found, pending = {name}, [(name, _DEPTH)]
        while pending:
            value, depth = pending.pop()
            definition = self.values.definitions.get(value)
            if definition is None or definition.opcode not in _RULES or not depth:
                continue
            inner = {o.text for o in definition.operands if o.is_local} - found
            found |= inner
            pending += [(i, depth - 1) for i in inner]
        return found

    def _of(self, operand: Operand, conditions: Mapping[str, Range], depth: int) -> Range:
        constant = operand.integer
        if constant is not None:
            return constant, constant
        definition = self.values.definitions.get(operand.text)
        full = (0, (1 << operand.type.bits) - 1)
        if definition is not None and definition.opcode == "extractelement":
            full = (0, max(full[1], _WORD))  # machine code takes out more, and that it is 0 does not show
        limit = conditions.get(operand.text, full)
        cost = _COSTS.get(definition.opcode, 1) if definition is not None else 0
        if definition is None or depth < cost:
            return limit
        known = self._here if conditions else self._always
        if (operand.text, depth) not in known:
            low, high = self._derive(definition, full, conditions, depth - cost)
            found = (max(low, limit[0]), min(high, limit[1]))
            known[operand.text, depth] = found if found[0] <= found[1] else limit
        return known[operand.text, depth]

    def _derive(
        self, definition: Instruction, full: Range, conditions: Mapping[str, Range], depth: int
    ) -> Range:
        rule = _RULES.get(definition.opcode)
        if rule is None or definition.type.kind != "int":
            return full
        if any(o.type.kind != "int" for o in definition.operands):
            return full
        if definition.opcode == "phi":
            conditions = _NO_CONDITIONS  # they hold of this turn's values; a phi may give the last turn's
        found = rule(definition, [self._of(o, conditions, depth) for o in definition.operands])
        return found if found is not None and found[1] <= full[1] else full


def condition_ranges(compare: Instruction, holds: bool) -> dict[str, Range]:
    """What an `icmp` of a value with a constant says of the value, if it is true (or false)."""
    left, right = compare.operands
    constant = right.integer
    if compare.opcode != "icmp" or not left.is_local or constant is None or left.type.kind != "int":
        return {}
    predicate = compare.predicate if holds else _INVERSE[compare.predicate]
    full = (1 << left.type.bits) - 1
    bounds = {
        "ult": (0, constant - 1),
        "ule": (0, constant),
        "ugt": (constant + 1, full),
        "uge": (constant, full),
        "eq": (constant, constant),
    }.get(predicate)
    return {left.text: bounds} if bounds and bounds[0] <= bounds[1] else {}


def _and(_: Instruction, of: list[Range]) -> Range:
    return 0, min(of[0][1], of[1][1])


def _or(instruction: Instruction, of: list[Range]) -> Range:
    if "disjoint" in instruction.tokens[:2]:
        return _add(instruction, of)  # what it is printed as (normalise.py): the author may have lied
    return max(of[0][0], of[1][0]), (1 << max(of[0][1], of[1][1]).bit_length()) - 1


def _xor(_: Instruction, of: list[Range]) -> Range:
    return 0, (1 << max(of[0][1], of[1][1]).bit_length()) - 1


def _add(_: Instruction, of: list[Range]) -> Range:
    return of[0][0] + of[1][0], of[0][1] + of[1][1]  # refused by the caller if it can wrap


def _sub(_: Instruction, of: list[Range]) -> Range | None:
    return (of[0][0] - of[1][1], of[0][1] - of[1][0]) if of[0][0] >= of[1][1] else None


def _mul(_: Instruction, of: list[Range]) -> Range:
    return of[0][0] * of[1][0], of[0][1] * of[1][1]


def _shl(instruction: Instruction, of: list[Range]) -> Range | None:
    amount = of[1][0]
    if of[1][1] != amount or amount >= instruction.type.bits:
        return None
    return of[0][0] << amount, of[0][1] << amount


def _lshr(instruction: Instruction, of: list[Range]) -> Range | None:
    if of[1][1] >= instruction.type.bits:
        return None
    return of[0][0] >> of[1][1], of[0][1] >> of[1][0]


def _widen(_: Instruction, of: list[Range]) -> Range:
    return of[0]


def _sext(instruction: Instruction, of: list[Range]) -> Range | None:
    return of[0] if of[0][1] < 1 << (instruction.operands[0].type.bits - 1) else None


def _trunc(instruction: Instruction, of: list[Range]) -> Range | None:
    return of[0] if of[0][1] < 1 << instruction.type.bits else None


def _select(_: Instruction, of: list[Range]) -> Range:
    return min(of[1][0], of[2][0]), max(of[1][1], of[2][1])


def _hull(_: Instruction, of: list[Range]) -> Range:
    return min(r[0] for r in of), max(r[1] for r in of)


_RULES = {
    "and": _and,
    "or": _or,
    "xor": _xor,
    "add": _add,
    "sub": _sub,
    "mul": _mul,
    "shl": _shl,
    "lshr": _lshr,
    "zext": _widen,
    "freeze": _widen,
    "sext": _sext,
    "trunc": _trunc,
    "select": _select,
    "phi": _hull,
}
