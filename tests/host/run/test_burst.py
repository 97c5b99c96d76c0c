"""What a module gives back: every field of every packet's descriptor, in batches of all sizes."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest

from tests.host.conftest import Program
from tests.host.run.descriptors import BUFFER, DROP, GATES, HEADROOM, verdict

BATCH = 64
BAD_DATA, BAD_LENGTH, BAD_GATE = 0xFFFE, 0xFFFD, 0xFFFC
BAD = {"bad data": BAD_DATA, "bad length": BAD_LENGTH, "bad gate": BAD_GATE}
ROOM = BUFFER - HEADROOM
DATA, LEN, GATE, PORT, ROOM_FIELD = range(5)

VALUES = {
    DATA: (1, ROOM - 124, ROOM - 60, ROOM, ROOM + 1, -HEADROOM, -HEADROOM - 1, 1 << 40, -(1 << 62)),
    LEN: (0, 59, ROOM, ROOM + 1, (1 << 32) - 1),
    GATE: (1, GATES - 1, GATES, BAD_GATE, BAD_LENGTH, BAD_DATA, DROP),
    PORT: (0, 0xFFFF),
    ROOM_FIELD: (0, (1 << 32) - 1),
}


@dataclass(frozen=True)
class Change:
    """One field of one packet of a batch."""

    size: int
    packet: int
    field: int
    value: int

    def __str__(self) -> str:
        return f"{self.size} {self.packet} {self.field} {self.value % 2**64}\n"

    @property
    def expected(self) -> tuple[int, ...]:
        """Bad packets, data, len, gate, end of the buffer, all else untouched."""
        data = self.value if self.field == DATA else 0
        length = self.value if self.field == LEN else 60 + self.packet
        gate = self.value if self.field == GATE else 0
        bad = BAD.get(verdict(data, length, gate))
        if bad:
            return 1, 0, 60 + self.packet, bad, ROOM, 1
        return 0, data, length, gate, ROOM, 1


def list_changes() -> Iterator[Change]:
    deeds = [(field, value) for field, values in VALUES.items() for value in values]
    places = [(size, packet) for size in range(1, BATCH + 1) for packet in {0, size // 2, size - 1}]
    return (Change(*place, *deed) for place, deed in product(places, deeds))


@pytest.mark.parametrize("make", ["host_program", "sanitized_program"])
def test_what_a_module_changes_is_taken_back_or_refused(make: str, request: pytest.FixtureRequest) -> None:
    program: Program = request.getfixturevalue(make)
    changes = list(list_changes())
    text = "".join(map(str, changes))
    done = subprocess.run(
        [program("tests/host/run/check_burst")], input=text, capture_output=True, text=True, check=True
    )
    found = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    wrong = [(change, came) for change, came in zip(changes, found, strict=True) if came != change.expected]
    assert wrong == []
