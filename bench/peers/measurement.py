"""Measures example NFs and their peers, one NF after the other, and tells of each at once."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.examples import Example
from bench.figures import name_processor
from bench.peers.contest import bench_peers
from bench.peers.driver_program import Job
from bench.peers.figures import Figures, Row, Skipped, write_table
from bench.peers.peer import Peer
from bench.traffic import write_traffic


def measure_peers(examples: Sequence[Example], peers: Sequence[Peer], rounds: int) -> Figures:
    """Raises BenchFailed if one leaves other packets or counters than our modules; BuildFailed, ToolError."""
    with tempfile.TemporaryDirectory(prefix="fpcc-peers-") as name:
        directory = Path(name)
        jobs = [
            Job(example.source, directory / f"{example.name}.pcap", directory, example.args, rounds=rounds)
            for example in examples
        ]
        rows = [row for job in jobs for row in _bench(job, peers)]
    return Figures(
        rows=tuple(rows),
        processor=name_processor(),
        cores=os.cpu_count() or 1,
        packets=Job.packets,
        batch=Job.batch,
        rounds=rounds,
        instances=Job.instances,
        load=os.getloadavg()[2],
    )


def _bench(job: Job, peers: Sequence[Peer]) -> list[Row | Skipped]:
    """One NF; its table at once, for whoever waits, and what was skipped, aloud."""
    write_traffic(job.source, job.args, job.capture)
    rows = bench_peers(job, peers)
    write_table(job.source.stem, rows, sys.stdout)
    for row in rows:
        if isinstance(row, Skipped):
            print(f"{row.nf}: {row.peer} is skipped: {row.skipped}", file=sys.stderr)
    return rows
