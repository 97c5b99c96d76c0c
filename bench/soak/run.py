"""Rounds of deeds under full load, each of which ends at rest, where everything must add up.

At rest the graph is one that does nothing (scene.REST): what was received has been sent or dropped to the
last packet, and memory, descriptors and threads are those of a host that has nothing to do.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import IO

from bench.host.accounts import total, unaccounted
from bench.host.plane import Json
from bench.soak.deeds import Deed, choose, update
from bench.soak.drift import Drift, fit_drift
from bench.soak.footprint import Footprint, measure_footprint
from bench.soak.materials import Materials
from bench.soak.scene import FIRST, REST, Staging, stage
from bench.soak.watched import Watched, watching
from fpcc.control.client import RequestRefused

POLL = 0.002  # seconds between two looks at the counters
PATIENCE = 60.0  # seconds without any packet: the host hangs
ENDING = 2.0  # seconds a host that no longer answers may take to end
ARENA_KIB = 1 << 22  # of address space that one instance has


class SoakFailed(Exception):
    """What differs from what should be."""


@dataclass(frozen=True)
class Pace:
    """How much is done."""

    is_over: Callable[[int], bool]  # told how many rounds there were
    deeds: int = 40  # of a round
    packets: int = 100_000  # that must come between two deeds


@dataclass
class Record:
    """What happened."""

    packets: int = 0
    rounds: int = 0
    deeds: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    at_rest: list[tuple[float, Footprint]] = field(default_factory=list)  # seconds since the start
    events: Counter[str] = field(default_factory=Counter)

    @property
    def drift(self) -> Drift | None:
        """Of memory, KiB."""
        return fit_drift([(when, footprint.resident_kib) for when, footprint in self.at_rest])


def soak(program: Path, materials: Materials, seed: int, pace: Pace) -> Record:
    """Raises SoakFailed."""
    with tempfile.TemporaryFile() as messages, watching(program, REST, messages) as host:
        run = _Run(host, materials, Random(seed), pace)
        with _explaining(host, messages):
            return run.to_the_end()


@contextmanager
def _explaining(host: Watched, messages: IO[bytes]) -> Iterator[None]:
    """Whatever goes wrong once the host runs is a SoakFailed that also has the host's last words."""
    try:
        yield
    except Exception as error:
        status = host.status_within(ENDING)
        messages.seek(0)
        words = messages.read().decode(errors="replace")[-4000:].strip()
        ended = "" if status is None else f"\nfphost ended with status {status}"
        raise SoakFailed(f"{error}{ended}\n{words}".strip()) from error


class _Run:
    def __init__(self, host: Watched, materials: Materials, chance: Random, pace: Pace) -> None:
        self.host = host
        self.materials = materials
        self.chance = chance
        self.pace = pace
        self.scene = FIRST
        self.record = Record()
        self.started = time.monotonic()

    def to_the_end(self) -> Record:
        self._check_rest()
        while not self.pace.is_over(self.record.rounds):
            self._do_round()
        self._finish()
        return self.record

    def _do_round(self) -> None:
        self._ask(update(stage(self.scene, self.materials), self.scene))
        self._let_flow()
        for _ in range(self.pace.deeds):
            maker = choose(self.chance)
            deed = maker(self.chance, self.scene, self.materials)
            self._do(deed)
            self.record.deeds[maker.__name__] += 1
            self._let_flow()
        self._ask(update(Staging(REST, ()), self.scene))
        self.record.rounds += 1
        self._check_rest()

    def _do(self, deed: Deed) -> None:
        """What is refused must be, and change nothing."""
        if not deed.refused:
            self._ask(deed)
            self.scene = deed.after
            return
        before = self.host.client.graph()
        try:
            self._ask(deed)
        except RequestRefused as refused:
            if deed.refused not in str(refused):
                raise SoakFailed(f"refused with other words than {deed.refused!r}: {refused}") from refused
        else:
            raise SoakFailed(f"not refused, although {deed.refused!r}: {deed.request}")
        if self.host.client.graph() != before:
            raise SoakFailed(f"changed the graph although it was refused: {deed.request}")
        self.record.refused += 1

    def _ask(self, deed: Deed) -> None:
        self.host.client.ask(deed.request, deed.files)

    def _let_flow(self) -> None:
        """Until so many packets have come; all that was said so far was in order."""
        first = before = self._count_packets()
        since = time.monotonic()
        while before < first + self.pace.packets:
            now = self._count_packets()
            if now > before:
                since = time.monotonic()
            if time.monotonic() - since > PATIENCE:
                raise SoakFailed(f"no packet for {PATIENCE:.0f} seconds: {self.host.client.report()}")
            before = now
            time.sleep(POLL)
        self._check_events()

    def _count_packets(self) -> int:
        return total(self.host.client.report(), "received")

    def _check_events(self) -> None:
        if self.host.alarms:
            raise SoakFailed(f"the host said {self.host.alarms[0]}")

    def _check_rest(self) -> None:
        """At rest nothing is on its way, and nothing of the soak is held."""
        report = self.host.client.report()
        self._check_accounts(report)
        self._check_events()
        held = measure_footprint(self.host.process.pid)
        self.record.at_rest.append((time.monotonic() - self.started, held))
        first = self.record.at_rest[0][1]
        if (held.descriptors, held.threads) != (first.descriptors, first.threads):
            raise SoakFailed(f"at rest it holds {held}, at the beginning it held {first}")
        if held.address_space_kib > first.address_space_kib + ARENA_KIB:
            raise SoakFailed(f"an arena is left: at rest it holds {held}, at the beginning it held {first}")

    def _check_accounts(self, report: Json) -> None:
        self.record.packets = total(report, "received")
        if lost := unaccounted(report):
            raise SoakFailed(f"{lost} packets of {self.record.packets} are nowhere: {report}")

    def _finish(self) -> None:
        """With everything in force, so that the orderly end has something to do."""
        self._ask(update(stage(self.scene, self.materials), self.scene))
        self._let_flow()
        status = self.host.finish()
        self.record.events = self.host.said
        self._check_events()
        if status or not self.host.done:
            raise SoakFailed(
                f"it ended with status {status}, its last event was {self.host.done or 'another'}"
            )
        self._check_accounts(self.host.done["report"])
        drift = self.record.drift
        if drift and not drift.is_flat:
            raise SoakFailed(
                f"memory rose by {drift.rise:.0f} KiB, give or take {drift.error:.0f}: {self.record.at_rest}"
            )
