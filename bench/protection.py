"""`make bench`: what protection costs the example NFs, and the other figures with a target.

Writes bench/results/protection.json, docs/protection-cost.md and the table in README.md, and prints the page.
Takes minutes. Nothing fails because it is slow; what fails is a build, a fault, or variants whose packets
differ.

    python -m bench.protection [NF...]     only these NFs: prints, writes nothing
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.big_nf import generate
from bench.document import fill_readme, write_document
from bench.examples import EXAMPLES, REPO, Example
from bench.figures import TARGETS, Figures, NamedBuild, means_of, name_processor, noise_of, rows_of
from bench.recovery import measure_recovery
from bench.traffic import write_traffic
from fpcc.benchmark.bench import Settings, bench_nf
from fpcc.benchmark.build_time import time_build
from fpcc.benchmark.contest import Traffic
from fpcc.benchmark.report import Report
from fpcc.benchmark.table import write_table
from fpcc.benchmark.variants import Source, Variant, list_variants
from fpcc.errors import FpccError
from fpcc.lowering_choice import runnable_lowerings

RESULTS = REPO / "bench/results/protection.json"
README = REPO / "README.md"
DOCUMENT = REPO / "docs/protection-cost.md"
BIG_LINES = (1250, 2500, 5000, 10000)
BUILD_ROUNDS, BIG_BUILD_ROUNDS = 9, 3


def main(names: list[str]) -> int:
    unknown = set(names) - {example.name for example in EXAMPLES}
    if unknown:
        print(f"no example NF is named {min(unknown)}", file=sys.stderr)
        return 2
    try:
        reports = [_bench(example) for example in EXAMPLES if not names or example.name in names]
        if not names:
            _write(_measure_rest(reports))
    except FpccError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _bench(example: Example) -> Report:
    """One NF; its table at once, for whoever waits."""
    variants = list_variants(dict.fromkeys(mode for mode, _ in TARGETS), runnable_lowerings())
    with tempfile.TemporaryDirectory(prefix="fpcc-bench-") as name:
        capture = Path(name, "traffic.pcap")
        write_traffic(example.source, example.args, capture)
        settings = Settings(Traffic(capture=capture), example.args, build_rounds=0)
        report = bench_nf(Source((example.source,)), variants, settings, lambda _: None)
    write_table(report, sys.stdout)
    return report


def _measure_rest(reports: list[Report]) -> Figures:
    rows = rows_of(reports)
    return Figures(
        rows=rows,
        noise=noise_of(reports),
        means=means_of(rows),
        crossing_ns=median(report.crossing_ns for report in reports),
        switching_ns=median(report.switching_ns for report in reports),
        builds=tuple(
            _time_build(example.name, example.source, lowering, BUILD_ROUNDS)
            for lowering in runnable_lowerings()
            for example in EXAMPLES
        ),
        big_builds=tuple(_time_big(lines) for lines in BIG_LINES),
        recovery=measure_recovery(EXAMPLES[0].source),
        processor=name_processor(),
        cores=os.cpu_count() or 1,
        load=os.getloadavg()[2],
    )


def _time_big(lines: int) -> NamedBuild:
    with tempfile.TemporaryDirectory(prefix="fpcc-bench-") as name:
        source = Path(name, f"big{lines}.c")
        source.write_text(generate(lines))
        return _time_build("generated", source, "segment", BIG_BUILD_ROUNDS)


def _time_build(name: str, source: Path, lowering: str, rounds: int) -> NamedBuild:
    """In mode rw, the dearest."""
    lines = source.read_text().count("\n")
    return NamedBuild(name, lines, time_build(Source((source,)), Variant("rw", lowering), rounds))


def _write(figures: Figures) -> None:
    figures.save(RESULTS)
    document = write_document(figures)
    DOCUMENT.write_text(document)
    README.write_text(fill_readme(README.read_text(), figures))
    print(document)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
