"""How far two runs of `fpcc bench` differ: `python -m bench.repeat [NF...]`.

Each run is a whole `fpcc bench` of every mode and lowering, with builds and a process of its own; what is
compared are the medians of paired rounds that it reports, throughput relative to the unprotected build. The
aim is a difference of no more than 2 %; the exit status is 1 if one is larger.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.examples import EXAMPLES, Example
from bench.traffic import write_traffic
from fpcc.benchmark.bench import Settings
from fpcc.benchmark.measure import BenchFailed
from fpcc.benchmark.variants import FPCC
from fpcc.errors import FpccError

AIM = 0.02  # of a ratio
DEFAULT = ("macswap", "policer", "lpm")


@dataclass(frozen=True)
class Difference:
    """One build's ratio in two runs."""

    nf: str
    build: str
    first: float
    second: float

    @property
    def share(self) -> float:
        """Of the smaller of the two: never negative."""
        return max(self.first, self.second) / min(self.first, self.second) - 1


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        "python -m bench.repeat", description="Two runs of `fpcc bench`, compared."
    )
    names = [example.name for example in EXAMPLES]
    parser.add_argument(
        "nfs", nargs="*", metavar="NF", help=f"of {', '.join(names)}; default: {' '.join(DEFAULT)}"
    )
    parser.add_argument(
        "--rounds", type=int, default=Settings.rounds, help="of each run (default %(default)s)"
    )
    options = parser.parse_args(words)
    if unknown := set(options.nfs) - set(names):
        parser.error(f"no example NF is named {min(unknown)}")
    wanted = options.nfs or DEFAULT
    try:
        found = [repeat(example, options.rounds) for example in EXAMPLES if example.name in wanted]
    except FpccError as error:
        print(error, file=sys.stderr)
        return 1
    return int(any(each.share > AIM for differences in found for each in differences))


def repeat(example: Example, rounds: int) -> list[Difference]:
    """Two runs on the same packets; prints what they say. Raises BenchFailed."""
    with tempfile.TemporaryDirectory(prefix="fpcc-repeat-") as name:
        capture = Path(name, "traffic.pcap")
        write_traffic(example.source, example.args, capture)
        first, second = (_bench(example, capture, rounds) for _ in range(2))
    differences = [Difference(example.name, build, first[build], second[build]) for build in first]
    print("\n".join(describe(differences)), flush=True)
    return differences


def _bench(example: Example, capture: Path, rounds: int) -> Mapping[str, float]:
    """The ratios of one `fpcc bench`, by build; `none, again` is the noise it shows itself."""
    args = [] if example.args is None else ["--args", str(example.args)]
    command = [*FPCC, "bench", str(example.source), *args, "--pcap", str(capture), "--rounds", str(rounds)]
    done = subprocess.run([*command, "--no-build-time", "--json", "-"], capture_output=True, text=True)
    if done.returncode:
        raise BenchFailed(done.stderr.strip() or f"fpcc bench: exit status {done.returncode}")
    report = json.loads(done.stdout)
    rows = [*report["rows"][1:], report["noise"]]
    return {f"{row['mode']} {row['lowering']}".removesuffix(" none"): row["ratio"] for row in rows}


def describe(differences: Sequence[Difference]) -> Iterator[str]:
    """A line for each build, and the verdict."""
    nf = differences[0].nf
    yield f"{nf}: throughput relative to no protection in two runs of `fpcc bench`"
    for each in differences:
        mark = "" if each.share <= AIM else "  more than aimed at"
        yield f"  {each.build:16} {each.first:.3f}  {each.second:.3f}  {each.share:6.2%}{mark}"
    worst = max(differences, key=lambda each: each.share)
    yield f"{nf}: at most {worst.share:.2%} ({worst.build}); the aim is {AIM:.0%}"


if __name__ == "__main__":
    sys.exit(main())
