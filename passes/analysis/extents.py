"""How far from its base an address can lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from passes.analysis.facts import Key, Reach
from passes.analysis.linear import Linear
from passes.analysis.ranges import Range, Ranges

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


def near_keys(
    form: Linear, ranges: Ranges, conditions: Mapping[str, Range], reach: Reach
) -> Iterator[tuple[Key, int, int]]:
    """Keys under which a fact may cover the form, each with the lowest and highest offset from it.

    The form's own key comes first; then the key without the terms that vary less than the reach.
    """
    yield form.key, form.offset, form.offset
    if not form.terms:
        return
    kept: list[tuple[str, int]] = []
    low = high = form.offset
    for name, coefficient in form.terms:
        bounds = _range_of(name, ranges, conditions)
        ends = bounds[0] * coefficient, bounds[1] * coefficient
        if max(ends) - min(ends) >= reach.above:
            kept.append((name, coefficient))
        else:
            low, high = low + min(ends), high + max(ends)
    if len(kept) < len(form.terms):
        yield (form.base, tuple(kept)), low, high


def _range_of(name: str, ranges: Ranges, conditions: Mapping[str, Range]) -> Range:
    definition = ranges.values.definitions.get(name)
    if definition is None:  # a parameter
        return conditions.get(name, _UNBOUNDED)
    return ranges.of_name(name, conditions)
