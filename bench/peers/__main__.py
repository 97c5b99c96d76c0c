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
    job = Job(Path(), rounds=options.rounds)
    try:
        rows = [row for example in examples for row in _bench(example, peers, job)]
    except FpccError as error:
        print(error, file=sys.stderr)
        return 1
    if options.json:
        options.json.write_text(_figures(rows, job).to_json())
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


def _bench(example: Example, peers: Sequence[Peer], job: Job) -> list[Row | Skipped]:
    """One NF; its table at once, for whoever waits, and what was skipped, aloud."""
    with tempfile.TemporaryDirectory(prefix="fpcc-peers-") as name:
        capture = Path(name, f"{example.name}.pcap")
        write_traffic(example.source, example.args, capture)
        rows = bench_peers(example.source, Job(capture, example.args, rounds=job.rounds), peers)
    write_table(example.name, rows, sys.stdout)
    for row in rows:
        if isinstance(row, Skipped):
            print(f"{row.nf}: {row.peer} is skipped: {row.skipped}", file=sys.stderr)
    return rows


def _figures(rows: Sequence[Row | Skipped], job: Job) -> Figures:
    return Figures(
        rows=tuple(rows),
        processor=name_processor(),
        cores=os.cpu_count() or 1,
        packets=job.packets,
        batch=job.batch,
        rounds=job.rounds,
        instances=job.instances,
        load=os.getloadavg()[2],
    )


if __name__ == "__main__":
    sys.exit(main())
