"""`python -m bench.wire [NF...]`: see the package. Prints, writes nothing; more than a minute for an NF."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bench.examples import EXAMPLES
from bench.peers.figures import Skipped
from bench.wire.contest import ROUNDS
from bench.wire.figures import measure_wire
from fpcc.errors import FpccError


def main(words: Sequence[str] | None = None) -> int:
    """1 if it could not be done."""
    parser = argparse.ArgumentParser(
        "python -m bench.wire", description="NFs with traffic from another host."
    )
    names = [example.name for example in EXAMPLES]
    parser.add_argument("nfs", nargs="*", metavar="NF", help=f"only these: {', '.join(names)}")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds (default %(default)s)")
    options = parser.parse_args(words)
    if unknown := set(options.nfs) - set(names):
        parser.error(f"no example NF is named {min(unknown)}")
    if options.rounds < 1:
        parser.error("--rounds: at least 1")
    chosen = [example for example in EXAMPLES if not options.nfs or example.name in options.nfs]
    try:
        figures = measure_wire(chosen, options.rounds)
    except FpccError as error:
        print(error, file=sys.stderr)
        return 1
    return int(any(isinstance(row, Skipped) for row in figures.rows))


if __name__ == "__main__":
    sys.exit(main())
