"""Which accesses need no check of their bounds: they stay in their object whatever the program computes.

One walk over the dominator tree, as for guards (analysis/guards.py); but here every byte counts, and a check
proves only what it has compared: that the bytes between those checked so far are the object's as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from passes.analysis.cfg import ControlFlow, build_control_flow
from passes.analysis.conditions import edge_conditions
from passes.analysis.extents import extent
from passes.analysis.linear import LinearForms
from passes.analysis.ranges import Range, Ranges
from passes.bounds.known_calls import ALLOCATES
from passes.bounds.origins import Origins
from passes.bounds.program import UNKNOWN
from passes.bounds.touches import Touch, known_name, touches_of
from passes.ir.operand import Operand

_Key = tuple[str, tuple[tuple[str, int], ...]]
_Span = tuple[int, int]  # of bytes, relative to a form: from the first on, to before the second


@dataclass(frozen=True)
class Decision:
    """What becomes of a touch; its check's number is its place in the program's list of checks."""

    touch: Touch
    decision: str  # "checked", "proved", "unknown"
    reason: str


@dataclass
class Prover:
    """The walk's state."""

    origins: Origins
    flow: ControlFlow = field(init=False)
    forms: LinearForms = field(init=False)
    ranges: Ranges = field(init=False)
    conditions: dict[str, Range] = field(default_factory=dict)
    _inside: dict[_Key, _Span] = field(default_factory=dict)  # bytes known to be the object's
    _undo: list[tuple[_Key, _Span | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.flow = build_control_flow(self.origins.function)
        self.forms, self.ranges = LinearForms(self.origins.values), Ranges(self.origins.values)

    def walk(self) -> Iterator[Decision]:
        """Decides everything, each block after its dominator."""
        stack: list[tuple[str, int, dict[str, Range]]] = [(self.flow.order[0], -1, {})]
        while stack:
            label, mark, outer = stack.pop()
            if mark >= 0:
                self._forget(mark)
                self.conditions = outer
                continue
            stack.append((label, len(self._undo), self.conditions))
            found = edge_conditions(self.flow, self.origins.values, label, self.conditions)
            self.conditions = {**self.conditions, **found}
            for instruction in self.flow.blocks[label].instructions:
                yield from map(self._decide, touches_of(instruction, self.origins.program))
            stack.extend((child, -1, {}) for child in self.flow.children[label])

    def _decide(self, touch: Touch) -> Decision:
        origin = self.origins.origin(touch.pointer)
        if self._stays_in_object(touch, origin):
            return Decision(touch, "proved", "stays_in_object")
        if self.origins.of(origin) is UNKNOWN and not self.origins.program.checks_unknown:
            return Decision(touch, "unknown", "pointer_of_unknown_origin")
        if touch.size < 0:
            return Decision(touch, "checked", "length_known_at_run_time")
        form = self.forms.of(touch.pointer)
        span = form.offset, form.offset + touch.size
        known = self._inside.get(form.key)
        if known is not None and known[0] <= span[0] and span[1] <= known[1]:
            return Decision(touch, "proved", "between_checked_bytes")
        self._undo.append((form.key, known))
        self._inside[form.key] = span if known is None else (min(known[0], span[0]), max(known[1], span[1]))
        return Decision(touch, "checked", "first_access")

    def _stays_in_object(self, touch: Touch, origin: Operand) -> bool:
        form, size = self.forms.of(touch.pointer), self._size_of(origin)
        if size < 0 or touch.size < 0 or form.base != origin.text:
            return False
        low, high = extent(form, self.ranges, self.conditions)
        return low >= 0 and high + touch.size <= size

    def _size_of(self, origin: Operand) -> int:
        """Bytes of the object that begins at `origin`, -1 if that is not known before run time."""
        variable = self.origins.program.module.globals.get(origin.text)
        if variable is not None:
            return variable.type.alloc_size if variable.initializer is not None else -1
        made = self.origins.values.definitions.get(origin.text)
        if made is None:
            return -1
        if made.opcode == "alloca" and made.source is not None:
            count = made.operands[0].integer if made.operands else 1
            return -1 if count is None else count * made.source.alloc_size
        if made.opcode != "call" or known_name(made, self.origins.program) not in ALLOCATES:
            return -1
        return _product(made.arguments, ALLOCATES[known_name(made, self.origins.program)])

    def _forget(self, mark: int) -> None:
        while len(self._undo) > mark:
            key, span = self._undo.pop()
            if span is None:
                del self._inside[key]
            else:
                self._inside[key] = span


def _product(arguments: tuple[Operand, ...], sizes: tuple[int, ...]) -> int:
    product = 1
    for at in sizes:
        factor = arguments[at].integer if at < len(arguments) else None
        if factor is None:
            return -1
        product *= factor
    return product
