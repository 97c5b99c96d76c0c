"""How far from its base an address can lie."""

from __future__ import annotations

from collections.abc import Mapping

from passes.analysis.linear import Linear
from passes.analysis.ranges import Range, Ranges
from passes.ir.operand import Operand

_UNBOUNDED = (0, (1 << 64) - 1)


def extent(form: Linear, ranges: Ranges, conditions: Mapping[str, Range] | None = None) -> tuple[int, int]:
    """Lowest and highest offset from `form.base`, in bytes; at least 2**63 apart if a term is unbounded."""
    low = high = form.offset
    for name, coefficient in form.terms:
        bounds = _range_of(name, ranges, conditions or {})
        ends = bounds[0] * coefficient, bounds[1] * coefficient
        low += min(ends)
        high += max(ends)
    return low, high


def _range_of(name: str, ranges: Ranges, conditions: Mapping[str, Range]) -> Range:
    definition = ranges.values.definitions.get(name)
    if definition is None:
        return _UNBOUNDED
    return ranges.of(Operand(definition.type, name), conditions)
