"""Addresses as linear forms: base + sum of coefficient * value + constant, modulo 2**64.

Two addresses with the same base and terms differ by a constant that holds at run time, whatever the values
are, because the arithmetic wraps as the machine's does; no flag is trusted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from passes.analysis.values import Values
from passes.ir.instruction import Instruction
from passes.ir.operand import Operand
from passes.ir.types import Type

_MASK = (1 << 64) - 1
_MOST_TERMS = 4
_DEPTH = 16


class Linear(NamedTuple):
    """base + sum(coefficient * atom) + offset; base is "" for integers; terms are sorted by atom."""

    base: str
    terms: tuple[tuple[str, int], ...]
    offset: int

    @property
    def key(self) -> tuple[str, tuple[tuple[str, int], ...]]:
        """All but the constant: what tells related addresses."""
        return self.base, self.terms

    def plus(self, other: Linear, factor: int = 1) -> Linear:
        """self + factor * other; `other` is an integer form."""
        offset = _signed(self.offset + factor * other.offset)
        if not other.terms:
            return Linear(self.base, self.terms, offset)
        if factor == 1 and not self.terms:
            return Linear(self.base, other.terms, offset)
        terms = dict(self.terms)
        for atom, coefficient in other.terms:
            terms[atom] = _signed(terms.get(atom, 0) + factor * coefficient)
        kept = tuple(sorted((a, c) for a, c in terms.items() if c))
        return Linear(self.base, kept, offset)


def _signed(value: int) -> int:
    value &= _MASK
    return value - (1 << 64) if value >> 63 else value


@dataclass
class LinearForms:
    """Linear forms of one function's values; results are remembered.

    `freeze` is looked through: once rewritten, every value of a module is defined (normalise.py).
    """

    values: Values
    opaque: frozenset[str] = frozenset()  # values that are not looked into
    _known: dict[str, Linear] = field(default_factory=dict)

    def of(self, operand: Operand, depth: int = _DEPTH) -> Linear:
        """The form of a pointer or of a 64-bit integer."""
        if operand.text in self._known:
            return self._known[operand.text]
        constant = operand.integer
        if constant is not None:
            return Linear("", (), _signed(constant))
        if operand.expression is not None:
            return self._of_expression(operand, depth)
        if not operand.is_local:
            return Linear(operand.text, (), 0)
        hidden = operand.text in self.opaque
        definition = None if hidden else self.values.definitions.get(operand.text)
        form = self._derive(definition, depth) if definition is not None and depth else None
        if form is None or len(form.terms) > _MOST_TERMS:
            form = atom(operand)
        self._known[operand.text] = form
        return form

    def _of_expression(self, operand: Operand, depth: int) -> Linear:
        expression = operand.expression
        assert expression is not None
        if expression.opcode == "getelementptr" and expression.source is not None and depth:
            form = self._address(expression.source, expression.operands, depth - 1)
            if form is not None:
                return form
        return (
            Linear(operand.text, (), 0) if operand.type.kind == "ptr" else Linear("", ((operand.text, 1),), 0)
        )

    def _derive(self, definition: Instruction, depth: int) -> Linear | None:
        if definition.opcode == "freeze" and definition.type.text in ("ptr", "i64"):
            return self.of(definition.operands[0], depth - 1)
        if definition.opcode == "getelementptr" and definition.type.kind == "ptr":
            assert definition.source is not None
            return self._address(definition.source, definition.operands, depth - 1)
        if definition.type.kind != "int" or definition.type.bits != 64:
            return None
        return self._integer(definition, depth - 1)

    def _integer(self, definition: Instruction, depth: int) -> Linear | None:
        opcode, operands = definition.opcode, definition.operands
        if opcode == "add" or (opcode == "or" and "disjoint" in definition.tokens[:3]):
            return self.of(operands[0], depth).plus(self.of(operands[1], depth))
        if opcode == "sub":
            return self.of(operands[0], depth).plus(self.of(operands[1], depth), -1)
        factor = operands[-1].integer if opcode in ("mul", "shl") else None
        if factor is None or (opcode == "shl" and factor > 63):
            return None
        zero = Linear("", (), 0)
        return zero.plus(self.of(operands[0], depth), 1 << factor if opcode == "shl" else factor)

    def _address(self, source: Type, operands: tuple[Operand, ...], depth: int) -> Linear | None:
        form = self.of(operands[0], depth)
        current = source
        for position, index in enumerate(operands[1:]):
            if index.type.kind != "int" or (index.type.bits != 64 and index.integer is None):
                return None
            value = index.integer
            if position and current.kind == "struct":
                assert value is not None
                form = form.plus(Linear("", (), current.field_offset(value)))
                current = current.elements[value]
                continue
            if position:
                current = current.elements[0]
            if value is None:
                form = form.plus(self.of(index, depth), current.alloc_size)
            else:
                signed = value - (1 << index.type.bits) if value >> (index.type.bits - 1) else value
                form = form.plus(Linear("", (), signed), current.alloc_size)
        return form


def atom(operand: Operand) -> Linear:
    """A value that is not looked into."""
    return Linear(operand.text, (), 0) if operand.type.kind == "ptr" else Linear("", ((operand.text, 1),), 0)
