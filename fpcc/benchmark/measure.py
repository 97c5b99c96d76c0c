"""Runs all variants in one fphost, on the same packets, turn by turn, and gathers what each round took.

Every ten rounds a new fphost begins: where the kernel puts the pages of one process makes up to 3 % of
difference that no number of rounds in it takes away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import mean
from typing import Any

from fpcc.benchmark.contest import INSTANCES, REFERENCE, Contest, entrant_of
from fpcc.benchmark.interval import Interval, median_interval
from fpcc.errors import FpccError, InputError
from fpcc.host_process import FAILED, REFUSED, USAGE, Event, HostProcess, start_host
from fpcc.reports.visible import make_visible
from fpcc.run_result import describe

ROUND_NS = 2.5e6  # an entrant's share of a round: what starting and stopping the clock costs is nothing to it
TRIAL_BATCHES = 2048
SITTING = 10  # rounds of one process
FEWEST = 31  # rounds before precision is believed: of four processes

Tell = Callable[[int], None]


class BenchFailed(FpccError):
    """The bench could not be done: a module faulted, was refused, or computes something else."""


@dataclass
class Rounds:
    """What the rounds took: ns a packet of each entrant, the mean of its instances, one figure a round."""

    ns: dict[str, list[float]] = field(default_factory=dict)
    done: Event = field(default_factory=dict)
    fault: Event = field(default_factory=dict)
    logs: list[Event] = field(default_factory=list)  # of the last process
    batches: int = 0  # of each variant in a round
    interrupted: bool = False

    @property
    def count(self) -> int:
        return len(self.ns.get(REFERENCE, ()))

    @property
    def packets(self) -> int:
        """Of one pass."""
        gates = self.done["variants"][0]["gates"]
        return int(sum(gates.values()))

    def add(self, event: Event) -> None:
        instances: dict[str, list[float]] = {}
        for node, ns in event["ns_per_packet"].items():
            instances.setdefault(entrant_of(node), []).append(ns)
        for name, figures in instances.items():
            self.ns.setdefault(name, []).append(mean(figures))

    def ratio(self, name: str) -> Interval:
        """Throughput relative to the reference: the median over rounds, each round compared in itself."""
        pairs = zip(self.ns[REFERENCE], self.ns[name], strict=True)
        return median_interval([reference / own for reference, own in pairs])

    def is_precise(self, until: float) -> bool:
        return all(self.ratio(name).spread <= until for name in self.ns if name != REFERENCE)


def run_contest(contest: Contest, tell: Tell = lambda _: None) -> Rounds:
    """Raises BenchFailed if a variant faults or treats a packet otherwise than the reference does.

    A short trial tells how many batches make a round long enough. `tell` is told each round's number.
    """
    trial = Rounds()
    _sit(contest, contest.to_host(1, TRIAL_BATCHES), trial, lambda _: None)
    if trial.interrupted:
        return trial
    rounds = Rounds(batches=_long_enough(trial, contest.batch))
    while not rounds.interrupted and not _is_enough(rounds, contest):
        next_rounds = min(SITTING, contest.rounds - rounds.count)
        _sit(contest, contest.to_host(next_rounds, rounds.batches), rounds, tell)
    return rounds


def _long_enough(trial: Rounds, batch: int) -> int:
    """Whole passes over the packets, so that each packet counts alike."""
    fastest = min(ns for figures in trial.ns.values() for ns in figures)
    one_pass = trial.packets * fastest
    passes = max(1, -int(-ROUND_NS // (one_pass * INSTANCES)))
    return passes * (trial.packets // batch)


def _sit(contest: Contest, configuration: Mapping[str, Any], rounds: Rounds, tell: Tell) -> None:
    """One process: what it tells is added to `rounds`."""
    rounds.done, rounds.logs = {}, []
    with start_host("bench", configuration) as host:
        for event in host.events():
            _take(event, rounds, contest)
            tell(rounds.count)
        rounds.interrupted = host.stops > 0
        _check_end(host, rounds, contest)


def _take(event: Event, rounds: Rounds, contest: Contest) -> None:
    if event["event"] == "rehearsed":
        _compare(event, contest)
    elif event["event"] == "round":
        rounds.add(event)
    elif event["event"] == "fault":
        rounds.fault = event
    elif event["event"] == "log":
        rounds.logs.append(event)
    elif event["event"] == "done":
        rounds.done = event


def _is_enough(rounds: Rounds, contest: Contest) -> bool:
    if rounds.count >= contest.rounds:
        return True
    return contest.until is not None and rounds.count >= FEWEST and rounds.is_precise(contest.until)


def _compare(event: Event, contest: Contest) -> None:
    """No time counts before all variants have given the same packets."""
    for variant in event["variants"]:
        difference = variant["differs"]
        if difference is not None:
            raise BenchFailed(_describe_difference(entrant_of(variant["node"]), difference, contest))


def _describe_difference(name: str, difference: Mapping[str, Any], contest: Contest) -> str:
    source = contest.traffic.capture or "the generated packets"
    return (
        f"packet {difference['packet']} of {source} is not the same after {name} as after {REFERENCE}: "
        f"{difference['how']}\n"
        "    either the NF uses memory that it never wrote or that is not its own, or what it does depends\n"
        "    on the time of day; or protection changed it: report that, please"
    )


def _list_logged(rounds: Rounds) -> Iterator[str]:
    """What modules said, each once: it is they who know why they do not start."""
    lines = dict.fromkeys((entrant_of(log["node"]), log["level"], log["text"]) for log in rounds.logs)
    return (f"{name}: {level}: {make_visible(text)}" for name, level, text in lines)


def _check_end(host: HostProcess, rounds: Rounds, contest: Contest) -> None:
    if rounds.fault:
        raise BenchFailed(describe(contest.nodes[rounds.fault["node"]], rounds.fault))
    if host.status == USAGE:
        raise InputError(host.said())
    if host.status in (FAILED, REFUSED):
        raise BenchFailed("\n    ".join([host.said(), *_list_logged(rounds)]))
    if not rounds.done and not rounds.interrupted:
        raise BenchFailed(f"fphost ended without its last word\n{host.said()}")
