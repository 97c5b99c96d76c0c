"""Facts hold in the subtree they were learned in, and cover only what is near wherever their byte is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from passes.analysis.facts import Fact, Facts, Key
from tests.passes.protected import protection

REACH = protection("rw").reach
KEYS: list[Key] = [("%p", ()), ("%p", (("%i", 4),)), ("@g", ())]
OFFSETS = st.integers(-(1 << 33), 1 << 33) | st.integers(-70000, 70000)
facts = st.builds(
    lambda low, width, guard: Fact(low, low + width, guard, ""),
    OFFSETS,
    st.integers(0, 99),
    st.integers(0, 9),
)
Step = tuple[str, Key, Fact]  # what to do; key and fact are for "add"
steps = st.lists(st.tuples(st.sampled_from(["add", "add", "mark", "undo"]), st.sampled_from(KEYS), facts))


def is_safe(fact: Fact, low: int, high: int) -> bool:
    """Wherever the proved byte is: it may be the lowest of the arena, or the highest of its lower half."""
    size = protection("rw").reach.above  # of the lower half
    return all(
        proved - byte <= REACH.below and byte - proved <= size
        for proved in (fact.low, fact.high)
        for byte in (low, high)
    )


@given(steps, st.sampled_from(KEYS), OFFSETS, st.integers(1, 200))
def test_only_facts_in_force_are_found(script: list[Step], key: Key, low: int, size: int) -> None:
    known = Facts()
    marks: list[tuple[int, dict[Key, list[Fact]]]] = []
    expected: dict[Key, list[Fact]] = {}
    for action, place, fact in script:
        if action == "add":
            known.add(place, fact)
            expected = {**expected, place: [*expected.get(place, []), fact]}
        elif action == "mark":
            marks.append((known.mark(), expected))
        elif marks:
            mark, expected = marks.pop()
            known.undo(mark)
    found = known.find(key, low, low + size - 1, REACH)
    assert found is None or (found in expected[key] and is_safe(found, low, low + size - 1))
    exact = Fact(low, low, 0, "")
    known.add(key, exact)
    assert known.find(key, low, low + size - 1, REACH) == exact
