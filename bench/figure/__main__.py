"""`python -m bench.figure`: see the package. Takes twenty minutes on an idle machine.

python -m bench.figure [NF...]      only these NFs: prints, writes nothing
python -m bench.figure --wire       only the traffic from a separate host, beside the other rows saved
python -m bench.figure --draw       figures and document from the rows saved, without measuring
python -m bench.figure --check      says by its status whether the document is what the rows saved make
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace

from bench.examples import EXAMPLES, REPO, Example
from bench.figure.bars import draw_all, find_matplotlib
from bench.figure.document import write_part
from bench.figure.instructions import Count, count_instructions
from bench.figure.results import PAPERS_NFS, Results, load_results
from bench.peers.driver_program import Job
from bench.peers.figures import Skipped
from bench.peers.measurement import measure_peers
from bench.peers.registry import PEERS_BY_NAME
from bench.wire.contest import ROUNDS as WIRE_ROUNDS
from bench.wire.figures import WireFigures, measure_wire
from fpcc.benchmark.variants import list_variants
from fpcc.errors import FpccError, InputError
from passes.lower.registry import LOWERINGS
from passes.modes import MODES
from scripts.generated_part import fill_part

RESULTS = REPO / "bench/results/figure.json"
DOCUMENT = REPO / "docs/evaluation.md"
FIGURES = REPO / "docs/figures"


def main(words: Sequence[str] | None = None) -> int:
    options = _parse(words)
    try:
        return _check() if options.check else _run(options)
    except FpccError as error:
        print(error, file=sys.stderr)
        return 1


def _parse(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bench.figure", description="Figure 2, with ours and peers.")
    names = [example.name for example in EXAMPLES]
    parser.add_argument("nfs", nargs="*", metavar="NF", help=f"only these: {', '.join(names)}")
    parser.add_argument("--rounds", type=int, default=Job.rounds, help="rounds (default %(default)s)")
    parser.add_argument("--wire-rounds", type=int, default=WIRE_ROUNDS, help="of the traffic from a host")
    parser.add_argument("--wire", action="store_true", help="measure only the traffic from a separate host")
    parser.add_argument("--draw", action="store_true", help="draw the rows saved, measure nothing")
    parser.add_argument("--check", action="store_true", help="is the document up to date?")
    options = parser.parse_args(words)
    if unknown := set(options.nfs) - set(names):
        parser.error(f"no example NF is named {min(unknown)}")
    if min(options.rounds, options.wire_rounds) < 1:
        parser.error("--rounds: at least 1")
    if options.nfs and (options.draw or options.check or options.wire):
        parser.error("--draw, --check and --wire are about all NFs (python -m bench.wire is about some)")
    return options


def _check() -> int:
    """A check with nothing to say beyond its status is for scripts; people are told what to do."""
    stale = fill_part(DOCUMENT, "figure", write_part(load_results(RESULTS)), check=True)
    if stale:
        print(f"{DOCUMENT.name} is not what the rows saved make: run `python -m bench.figure --draw`")
    return stale


def _run(options: argparse.Namespace) -> int:
    if not options.nfs and (missing := find_matplotlib()):
        raise InputError(missing)
    if options.wire:
        replace(load_results(RESULTS), wire=_measure_wire(_choose([]), options.wire_rounds)).save(RESULTS)
    elif not options.draw:
        results = _measure(_choose(options.nfs), options)
        if options.nfs:
            print(write_part(results))
            return 0
        results.save(RESULTS)
    return _draw(load_results(RESULTS))


def _choose(names: Sequence[str]) -> list[Example]:
    """The paper's NFs first."""
    chosen = [example for example in EXAMPLES if not names or example.name in names]
    return sorted(chosen, key=lambda it: [*PAPERS_NFS, it.name].index(it.name))


def _measure(examples: Sequence[Example], options: argparse.Namespace) -> Results:
    variants = list_variants(MODES, tuple(LOWERINGS))
    counts: list[Count | Skipped] = []
    for example in examples:
        counts += count_instructions(example, variants)
    for count in counts:
        if isinstance(count, Skipped):
            print(f"{count.nf}: {count.peer} is not counted: {count.skipped}", file=sys.stderr)
    throughput = measure_peers(examples, list(PEERS_BY_NAME.values()), options.rounds)
    return Results(throughput, tuple(counts), _measure_wire(examples, options.wire_rounds))


def _measure_wire(examples: Sequence[Example], rounds: int) -> WireFigures:
    """Of the paper's NFs only: it takes more than a minute for one."""
    return measure_wire([example for example in examples if example.name in PAPERS_NFS], rounds)


def _draw(results: Results) -> int:
    FIGURES.mkdir(exist_ok=True)
    for path in draw_all(results, FIGURES):
        print(path.relative_to(REPO))
    return fill_part(DOCUMENT, "figure", write_part(results))


if __name__ == "__main__":
    sys.exit(main())
