"""What mode `pointer` costs the example NFs beside `rw`: throughput, memory, and what it does a packet.

`python -m bench.pointer_cost [--rounds N]` prints the table of docs/pointer-mode.md and the malloc
micro-benchmark's, and writes them there. Takes minutes.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from math import exp, log
from pathlib import Path
from statistics import mean

from bench.examples import EXAMPLES, REPO, Example
from bench.malloc_cost import LOWERING, ROUNDS, bench_malloc, describe, total
from bench.traffic import write_traffic
from fpcc.benchmark.bench import Settings, bench_nf
from fpcc.benchmark.contest import Traffic
from fpcc.benchmark.report import Report, Row
from fpcc.benchmark.variants import Source, list_variants

DOCUMENT = REPO / "docs/pointer-mode.md"
KIB = 1024
_PLACE = re.compile(r"(<!-- pointer cost: begin -->\n).*(<!-- pointer cost: end -->)", re.DOTALL)


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.pointer_cost", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"at most; default: {ROUNDS}")
    rounds = parser.parse_args(words).rounds
    reports = [_bench(example, rounds) for example in EXAMPLES]
    text = "\n".join(
        [*_table(reports), "", "The malloc micro-benchmark:", "", *describe(bench_malloc(rounds))]
    )
    DOCUMENT.write_text(_PLACE.sub(lambda found: f"{found[1]}{text}\n{found[2]}", DOCUMENT.read_text()))
    print(text)
    return 0


def _bench(example: Example, rounds: int) -> Report:
    variants = list_variants(("rw", "pointer"), [LOWERING])
    with tempfile.TemporaryDirectory(prefix="fpcc-bench-") as name:
        capture = Path(name, "traffic.pcap")
        write_traffic(example.source, example.args, capture)
        settings = Settings(Traffic(capture=capture), example.args, rounds=rounds, build_rounds=0)
        return bench_nf(Source((example.source,)), variants, settings, lambda _: None)


def _table(reports: Sequence[Report]) -> Iterator[str]:
    yield "| NF | ns/packet | rw | pointer | loads | stores | copies | checks | memory, KiB | of it tables |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for report in reports:
        none, rw, pointer = report.rows
        bounds = report.bounds
        assert bounds is not None
        counted = (bounds.loads, bounds.stores, bounds.copies, bounds.checks)
        yield (
            f"| {report.nf} | {none.ns_per_packet:.1f} | {rw.ratio:.3f} | {pointer.ratio:.3f} | "
            f"{' | '.join(f'{number:.1f}' for number in counted)} | "
            f"{total(pointer.memory) / KIB:,.0f} (none: {total(none.memory) / KIB:,.0f}) | "
            f"{bounds.table_bytes / KIB:,.0f} |"
        )
    means = (f"{_mean([report.rows[at] for report in reports]):.3f}" for at in (1, 2))
    yield f"| geometric mean | | {' | '.join(means)} | | | | | | |"


def _mean(rows: Sequence[Row]) -> float:
    return exp(mean(log(row.ratio) for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
