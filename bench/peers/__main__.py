"""`python -m bench.peers`: see the package. Takes minutes; fails if something differs or cannot be built."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.examples import EXAMPLES, Example
from bench.figures import name_processor
from bench.peers.contest import bench_peers
from bench.peers.driver_program import Job
from bench.peers.figures import Figures, Row, Skipped, write_table
from bench.peers.peer import Peer
from bench.peers.registry import PEERS_BY_NAME
from bench.traffic import write_traffic
from fpcc.errors import FpccError


def main(words: Sequence[str] | None = None) -> int:
    options = _parse(words)
    peers = [PEERS_BY_NAME[name] for name in dict.fromkeys(options.peers)]
    examples = [example for example in EXAMPLES if not options.nfs or example.name in options.nfs]
    try:
        figures = _measure(examples, peers, options.rounds)
    except FpccError as error:
        print(error, file=sys.stderr)
        return 1
    if options.json:
        options.json.write_text(figures.to_json())
    return 0


def _parse(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bench.peers", description="The example NFs, ours and peers'.")
    names = [example.name for example in EXAMPLES]
    parser.add_argument("nfs", nargs="*", metavar="NF", help=f"only these: {', '.join(names)}")
    parser.add_argument("--peers", nargs="+", choices=PEERS_BY_NAME, default=list(PEERS_BY_NAME))
    parser.add_argument("--rounds", type=int, default=Job.rounds, help="rounds (default %(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where the rows go as JSON")
    options = parser.parse_args(words)
    unknown = set(options.nfs) - set(names)
    if unknown:
        parser.error(f"no example NF is named {min(unknown)}")
    if options.rounds < 1:
        parser.error("--rounds: at least 1")
    return options


def _measure(examples: Sequence[Example], peers: Sequence[Peer], rounds: int) -> Figures:
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


if __name__ == "__main__":
    sys.exit(main())
