"""One NF through all peers: first whether all do the same, then how long each takes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from bench.peers.driver_program import Entrant, Job, Outcome, build_driver, find_driver, run_driver
from bench.peers.figures import Row, Skipped, rows_of_driver, rows_of_ours
from bench.peers.native_peers import HOT, REFERENCES, build_reference
from bench.peers.ours import Ours, run_ours
from bench.peers.peer import NotExpressible, Peer
from fpcc.benchmark.contest import AGAIN, REFERENCE
from fpcc.benchmark.measure import BenchFailed


def bench_peers(job: Job, peers: Sequence[Peer]) -> list[Row | Skipped]:
    """Raises BenchFailed if one leaves other packets or counters than our modules; BuildFailed, ToolError."""
    nf, ours = job.source.stem, run_ours(job)
    references = {peer.name: peer.reference for peer in peers} | {HOT: HOT}
    rows: list[Row | Skipped] = [*rows_of_ours(nf, ours)]
    for outcome in run_peers(job, peers):
        if isinstance(outcome, Skipped):
            rows.append(outcome)
        else:
            check_same(nf, outcome, ours)
            known = {row.peer for row in rows}
            rows += [row for row in rows_of_driver(nf, outcome, references) if row.peer not in known]
    return rows


def run_peers(job: Job, peers: Iterable[Peer]) -> Iterator[Outcome | Skipped]:
    """Each process of peers, `none` in each of them; and each peer that cannot run."""
    missing = find_driver()
    found: list[Peer] = []
    for peer in peers:
        reason = missing or peer.find()
        if reason:
            yield Skipped(job.source.stem, peer.name, reason)
        else:
            found.append(peer)
    found.sort(key=lambda peer: peer.driver.process != "plain")
    for _, group in groupby(found, key=lambda peer: peer.driver.process):
        yield from _run_process(job, list(group))


def check_same(nf: str, outcome: Outcome, ours: Ours) -> None:
    """The driver has compared all its peers with `none`, packet for packet: here `none` with our modules."""
    if outcome.rehearsed["checksum"] != ours.checksum:
        raise BenchFailed(f"{nf}: after {REFERENCE} in the driver some packet is not the same as in fphost")
    for name, value in outcome.rehearsed["counters"].items():
        if ours.counters.get(name) != value:
            raise BenchFailed(f"{nf}: counter {name} is {value}, after ours {ours.counters.get(name)}")


def _run_process(job: Job, peers: list[Peer]) -> Iterator[Outcome | Skipped]:
    with tempfile.TemporaryDirectory(prefix="fpcc-peers-") as name:
        directory = Path(name)
        built = [_build(job.source, peer, directory) for peer in peers]
        yield from (it for it in built if isinstance(it, Skipped))
        entrants = [it for it in built if isinstance(it, Entrant)]
        if not entrants:
            return
        reference = build_reference(job.source, directory)
        wanted = dict.fromkeys([REFERENCE, AGAIN, *(peer.reference for peer in peers)])
        none = [Entrant(name, REFERENCES[name], reference) for name in wanted]
        driver = build_driver([peer.driver for peer in peers], job.drivers)
        yield run_driver(driver, [*none, *entrants], job, peers[0].driver.environment)


def _build(source: Path, peer: Peer, directory: Path) -> Entrant | Skipped:
    try:
        return Entrant(peer.name, peer.kind, peer.build(source, directory))
    except NotExpressible as error:
        return Skipped(source.stem, peer.name, str(error))
