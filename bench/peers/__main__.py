"""`python -m bench.peers`: see the package. Takes minutes; fails if something differs or cannot be built."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.examples import EXAMPLES
from bench.peers.driver_program import Job
from bench.peers.measurement import measure_peers
from bench.peers.registry import PEERS_BY_NAME
from fpcc.errors import FpccError


def main(words: Sequence[str] | None = None) -> int:
    options = _parse(words)
    peers = [PEERS_BY_NAME[name] for name in dict.fromkeys(options.peers)]
    examples = [example for example in EXAMPLES if not options.nfs or example.name in options.nfs]
    try:
        figures = measure_peers(examples, peers, options.rounds)
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


if __name__ == "__main__":
    sys.exit(main())
