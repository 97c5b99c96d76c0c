"""Which worker serves which flow groups of an input, how many packets each has, and moving them by hand."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TextIO

from fpcc.control.client import ControlClient, Json
from fpcc.control.tables import show_rate, write_table
from fpcc.errors import InputError


@dataclass(frozen=True)
class Move:
    """Flow groups of an input that another worker is to serve; without `to` nothing is to be moved."""

    input: str
    groups: tuple[int, ...] = ()
    everything: bool = False
    to: int | None = None

    def find_mistake(self) -> str:
        """What does not go together, "" if all does."""
        if bool(self.groups) + self.everything != (self.to is not None):
            return "to move flow groups, give --to WORKER and either --group N or --all"
        return (
            "INPUT says whose flow groups are to be moved" if self.to is not None and not self.input else ""
        )

    def __str__(self) -> str:
        names = ", ".join(map(str, self.groups)) if self.groups else "0 to 127"
        plural = "s" if self.everything or len(self.groups) > 1 else ""
        return f"{self.input}: flow group{plural} {names}: served by worker {self.to} now"


@dataclass(frozen=True)
class SteeringTable:
    """Of the flows of an input that are likely to take one path; `rates` are packets a second by group."""

    input: str
    path: int  # 0: not known
    tenant: str
    workers: tuple[int, ...]  # those that may serve it
    groups: tuple[int, ...]  # the worker of each group
    packets: tuple[int, ...]  # by group, since the input came into the graph
    rates: tuple[float, ...]

    @property
    def name(self) -> str:
        return f"{self.input}, path {self.path}" if self.path else self.input

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def move_groups(client: ControlClient, move: Move) -> Json:
    """Raises RequestRefused."""
    if move.everything:
        return client.ask({"do": "steer", "node": move.input, "workers": [move.to]})
    return client.ask({"do": "steer", "node": move.input, "groups": list(move.groups), "to": move.to})


def measure_steering(client: ControlClient, name: str, interval: float) -> list[SteeringTable]:
    """The tables in force, with rates over `interval` seconds; 0: since the start. `name` "": of all inputs.

    Raises InputError if no such input is served by several workers.
    """
    before: dict[tuple[str, int], Json] = {}
    if interval:
        before = {(path["node"], path["path"]): path for path in _list_paths(client.ask({"do": "steer"}))}
        time.sleep(interval)
    reply = client.ask({"do": "steer"})
    seconds = interval or reply["seconds"]
    tables = [
        _measure(path, before.get((path["node"], path["path"])), seconds) for path in _list_paths(reply)
    ]
    found = [table for table in tables if name in ("", table.input)]
    if name and not found:
        known = ", ".join(dict.fromkeys(table.input for table in tables)) or "none"
        raise InputError(f'no input "{name}" is served by several workers; those that are: {known}')
    return found


def _list_paths(reply: Json) -> list[Json]:
    """The paths of all inputs, each with what is said of its input."""
    return [{**table, **path} for table in reply["inputs"] for path in table["paths"]]


def _measure(now: Json, before: Json | None, seconds: float) -> SteeringTable:
    earlier = before["packets"] if before else [0] * len(now["packets"])
    grown = (max(new - old, 0) for new, old in zip(now["packets"], earlier, strict=True))
    return SteeringTable(
        input=now["node"],
        path=now["path"],
        tenant=now["tenant"],
        workers=tuple(now["workers"]),
        groups=tuple(now["groups"]),
        packets=tuple(now["packets"]),
        rates=tuple(packets / seconds for packets in grown),
    )


def write_steering(tables: Sequence[SteeringTable], out: TextIO, by_group: bool) -> None:
    """A row for each worker of each input; or one for each flow group."""
    if not tables:
        out.write("no input is served by several workers\n")
        return
    rows = [row for table in tables for row in (_group_rows if by_group else _worker_rows)(table)]
    titles = _BY_GROUP if by_group else _BY_WORKER
    write_table(titles, rows, out)


_BY_GROUP = ("input", "group", "worker", "packets", "packets/s")
_BY_WORKER = ("input", "worker", "groups", "packets/s", "flow groups")


def _group_rows(table: SteeringTable) -> Iterator[tuple[str, ...]]:
    for group, worker in enumerate(table.groups):
        rate = show_rate(table.rates[group])
        yield table.name, str(group), str(worker), f"{table.packets[group]:,}", rate


def _worker_rows(table: SteeringTable) -> Iterator[tuple[str, ...]]:
    for worker in table.workers:
        groups = [group for group, serving in enumerate(table.groups) if serving == worker]
        rate = show_rate(sum(table.rates[group] for group in groups))
        yield table.name, str(worker), str(len(groups)), rate, _show_ranges(groups)


def _show_ranges(numbers: Sequence[int]) -> str:
    """ "0-3, 7": numbers that grow."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)
