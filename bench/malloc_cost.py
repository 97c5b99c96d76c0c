"""The malloc micro-benchmark: what each mode costs in time and memory where nearly all is pointers.

`python -m bench.malloc_cost [--rounds N]` prints a table; time and memory relative to the unprotected build.
The 2017 paper gives 1.6 times the time and 1.5 times the memory for bounds of each pointer (Intel MPX).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from fpcc.benchmark.bench import Settings, bench_nf
from fpcc.benchmark.report import Memory, Report
from fpcc.benchmark.table import describe_bounds
from fpcc.benchmark.variants import Source, list_variants
from passes.modes import MODES

SOURCE = Path(__file__).parent / "malloc_nf.c"
LOWERING = "compare"  # the one all modes have
ROUNDS = 101
KIB = 1024


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.malloc_cost", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"at most; default: {ROUNDS}")
    print("\n".join(describe(bench_malloc(parser.parse_args(words).rounds))))
    return 0


def bench_malloc(rounds: int) -> Report:
    """All modes, in turns."""
    settings = Settings(rounds=rounds, build_rounds=0)
    return bench_nf(Source((SOURCE,)), list_variants(MODES, [LOWERING]), settings, lambda _: None)


def describe(report: Report) -> Iterator[str]:
    """The table, line by line."""
    reference = total(report.rows[0].memory)
    yield "| mode | ns/packet | time | memory, KiB | memory |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for row in report.rows:
        bytes_ = total(row.memory)
        yield (
            f"| {row.mode} | {row.ns_per_packet:.1f} | {1 / row.ratio:.2f} "
            f"| {bytes_ / KIB:,.0f} | {bytes_ / reference:.2f} |"
        )
    if report.bounds:
        yield f"\n{describe_bounds(report.bounds)}"


def total(memory: Memory) -> int:
    """All bytes that one instance has touched."""
    touched = (memory.image_touched_bytes, memory.heap_touched_bytes, memory.stack_touched_bytes)
    return sum(part or 0 for part in touched)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
