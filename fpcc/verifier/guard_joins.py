"""What places hold where paths meet.

A place that holds the same sum on every path keeps it; the others get *joined* atoms, one for all places
whose difference is the same on every path: a compiler keeps an index, a pointer and an end of one loop side
by side, and the proof should see one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fpcc.verifier.guard_atoms import Atoms
from fpcc.verifier.guard_conditions import Comparison
from fpcc.verifier.guard_intervals import width_range
from fpcc.verifier.guard_machine import State
from fpcc.verifier.guard_products import Joined, find_products
from fpcc.verifier.guard_sums import Sum, of_atom

_MOST_BETWEEN = 2  # terms between two places that share an atom

Place = tuple[str, int]  # ("r", register) or ("s", offset of a slot from rsp on entry)
Held = Mapping[Place, tuple[int, Sum]]  # bytes and value


@dataclass(frozen=True, slots=True)
class Join:
    """The state where paths meet, and the places that its joined atoms are named after."""

    state: State
    joined: Mapping[int, Place]


@dataclass(frozen=True, slots=True)
class Joiner:
    """Joins states at one block; `before` is what came out last time.

    With `apart`, no place shares an atom and none that had one goes without: then there is an end to changes.
    """

    atoms: Atoms
    block: int
    before: Join | None
    is_head: bool  # of a loop
    apart: bool

    def join(self, sources: list[State]) -> Join:
        """What holds whichever of the sources it was."""
        held, joined = self._meet([places_of(source) for source in sources])
        registers = tuple(held["r", number][1] for number in range(16))
        slots = {at: known for (kind, at), known in held.items() if kind == "s"}
        return Join(State(registers, slots, _agreed(source.flags for source in sources)), joined)

    def _meet(self, sources: list[Held]) -> tuple[Held, Mapping[int, Place]]:
        known = self.before.joined if self.before is not None else {}
        before = places_of(self.before.state) if self.before is not None else {}
        stuck = set(known.values()) if self.apart else set()
        result: dict[Place, tuple[int, Sum]] = {}
        differing: dict[Place, tuple[Sum, ...]] = {}
        for place, held in sources[0].items():
            found = [source.get(place) for source in sources[1:]]
            size, first = held
            own = before[place][1] if place in before and _mentions(before[place][1], known) else None
            if own is None and place not in stuck and all(other == held for other in found):
                result[place] = held
                continue
            if any(other is None or other[0] != size for other in found):
                continue
            values = (first, *(other[1] for other in found if other is not None))
            others = {value for value in values if value != own}
            if place not in stuck and len(others) == 1:
                result[place] = size, others.pop()
            else:
                differing[place] = values
        made, joined = self._joined_atoms(differing)
        result.update({place: (sources[0][place][0], value) for place, value in made.items()})
        return result, joined

    def _joined_atoms(
        self, differing: Mapping[Place, tuple[Sum, ...]]
    ) -> tuple[Mapping[Place, Sum], Mapping[int, Place]]:
        """Values for the places that hold other sums on other paths; the simplest are looked at first."""
        joined: dict[int, Place] = {}
        leaders: dict[object, list[tuple[Sum, Sum]]] = {}  # first values and atoms of like places
        result = {}
        for place, values in sorted(differing.items(), key=lambda item: len(item[1][0].terms)):
            width, first = self._width(values), values[0]
            key = place if self.apart else values if width < 64 else tuple(v.plus(first, -1) for v in values)
            known = leaders.setdefault(key, [])
            near = (atom.plus(first).plus(other, -1) for other, atom in known if _extends(first, other))
            value = next(near, None)
            if value is None:
                value = self.atoms.made(("join", self.block, place, width), width_range(width))
                known.append((first, value))
                joined[value.terms[0][0]] = place
            result[place] = value
        return (result, joined) if self.apart else self._without_products(differing, result, joined)

    def _without_products(
        self,
        differing: Mapping[Place, tuple[Sum, ...]],
        result: dict[Place, Sum],
        joined: dict[int, Place],
    ) -> tuple[Mapping[Place, Sum], Mapping[int, Place]]:
        """The same, with the atoms that are products of others put as such."""
        before = places_of(self.before.state) if self.before is not None else {}
        atoms = [
            Joined(atom, differing[place], before[place][1] if place in before else of_atom(atom))
            for atom, place in joined.items()
        ]
        for atom, product in (find_products(self.atoms, atoms) if atoms else {}).items():
            del joined[atom]
            for place, value in result.items():
                factor = dict(value.terms).get(atom, 0)
                result[place] = value.plus(of_atom(atom), -factor).plus(product, factor) if factor else value
        return result, joined

    def _width(self, values: tuple[Sum, ...]) -> int:
        """32 if the upper halves of all values are zero: so is then that of their atom, and what it gives.

        Constants may be the first values of a counter, of which that is not known.
        """
        if self.is_head and not any(value.terms for value in values):
            return 64
        static = [self.atoms.static_range(value) for value in values]
        return 32 if all(low >= 0 and high < 1 << 32 for low, high in static) else 64


def places_of(state: State) -> Held:
    """All places and what they hold."""
    held: dict[Place, tuple[int, Sum]] = {
        ("r", number): (8, value) for number, value in enumerate(state.registers)
    }
    held.update({("s", offset): known for offset, known in state.slots.items()})
    return held


def _mentions(value: Sum, joined: Mapping[int, object]) -> bool:
    return any(atom in joined for atom, _ in value.terms)


def _extends(value: Sum, other: Sum) -> bool:
    """Whether `value` is the other and little else: more would hide what is known of the two."""
    rest = value.plus(other, -1).terms
    return len(rest) <= _MOST_BETWEEN and not {atom for atom, _ in rest} & {atom for atom, _ in other.terms}


def _agreed(found: Iterable[Comparison | None]) -> Comparison | None:
    kept = list(found)
    return kept[0] if all(comparison == kept[0] for comparison in kept) else None
