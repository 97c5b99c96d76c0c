"""`make bench-host`: what the host costs, and how fair it is. Prints a table; writes docs/host-figures.md and
bench/results/host.json.

`python -m bench.host NAME...` measures some figures only, and writes nothing.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from bench.host.dpdk import ROUNDS as DPDK_ROUNDS
from bench.host.figure import HOSTS, PAIRS, ROUNDS, Figure, Modules
from bench.host.order import CHANGES
from bench.host.registry import FIGURES
from bench.markdown import make_table
from fpcc.benchmark.variants import Source, Variant, build_variants

HERE = Path(__file__).parent
DOCUMENT = HERE.parent.parent / "docs" / "host-figures.md"
RESULTS = HERE.parent / "results" / "host.json"

_HEAD = """# What the host costs, and how fair it is

Made by `make bench-host`, from runs of `fpcc serve`'s host with NFs made for it (`bench/host/`), two cores;
{load:.1f} processes on average wanted a core meanwhile.

{table}
* **Cycle shares**: two tenants, one of which spends ten times as much on a packet, both with all the
  packets they can take. Shares are of processor time, from the host's own account; time the machine gave to
  others is in nobody's.
* **Throughput lost**: packets a second of one tenant beside a neighbour that floods the host or whose
  module faults in every tenth batch and is restarted, against the same instance beside a harmless
  neighbour, by turns in one host; median of {pairs} pairs, in {hosts} hosts.
* **Through a branch at half load**: packets take three ways by turns and come together again before the
  output, 32 to a batch, on one core, at half the rate that it takes without a limit. Each packet's time
  stamp is the time it was due at (`rate` of the input, [running.md](running.md#graphtoml)); the NF before
  the output (`bench/host/delay.c`) compares it with the clock at the start of its batch. So all waiting is
  in it, also that for a host which was not there in time. Median of {rounds} rounds of a second. What the
  branch adds to a way without it is less than this; the same NFs' number in a row is for comparison, at
  half of its own load.
* **A packet's way**: how much longer a packet takes for each of eight more nodes that do nothing, batches
  of 32; a module's includes entering and leaving it, and changing to its arena. A host changes between the
  graph with one node and that with nine; median of {pairs} pairs, in {hosts} hosts by turns. *Entering and
  leaving alone* is the same machine's pace in the same minutes: `fphost bench-crossing`, which calls a
  function that does nothing as modules are called, a 32nd of a call. Where it is twice as long as
  elsewhere, so is the rest.
  Reading the clock would be a tenth of it, so of nodes as cheap as these one batch in sixteen is timed.
* **Lost, overtaken**: one tenant on two workers; by turns all flow groups of its input get a worker by lot
  and a node comes into or out of the graph, {changes} times each. The output is a pipe into a second
  fphost, whose NF (`bench/host/order.c`) finds each packet that comes after a later one of its flow, or
  twice; lost are those that were received by the input and did not come to it. The pipe's reader sets the
  pace.
* **Devices of DPDK**: macswap from one net_null to another, packets per second of processor time beside
  `dpdk-testpmd --forward-mode=macswap`, in turns; medians of {dpdk_rounds} rounds. All threads of the
  host count.
* **Memory**: resident memory and page tables of a host with 1,000 instances less one with 10, for each.
"""


def build_modules(directory: Path) -> Modules:
    """The NFs, and argument files for the one that works as long as it is told to."""
    variant = Variant("wonly", "segment")

    def build(source: Path) -> Path:
        return build_variants(Source((source,)), [variant], directory / source.stem)[variant]

    rounds = {}
    for number in (10, 100):
        rounds[number] = directory / f"rounds{number}"
        rounds[number].write_text(str(number))
    names = ("work", "nothing", "split", "crash", "delay", "order")
    built = {name: build(HERE / f"{name}.c") for name in names}
    return Modules(**built, rounds=rounds)


def main(names: list[str]) -> None:
    """Measures and prints."""
    wanted = [figure for figure in FIGURES if not names or figure.__name__ in names]
    if len(wanted) < len(set(names)):
        raise SystemExit(f"known are {', '.join(figure.__name__ for figure in FIGURES)}")
    with tempfile.TemporaryDirectory(prefix="fpcc-bench-") as name:
        modules = build_modules(Path(name))
        found = [row for figure in wanted for row in figure(modules)]
    table = make_table(["what", "measured", "target", ""], (_row(figure) for figure in found))
    print(table, end="")
    if not names:
        RESULTS.write_text(json.dumps([asdict(figure) for figure in found], indent=2) + "\n")
        DOCUMENT.write_text(
            _HEAD.format(
                load=os.getloadavg()[2],
                table=table,
                rounds=ROUNDS,
                dpdk_rounds=DPDK_ROUNDS,
                pairs=HOSTS * PAIRS,
                hosts=HOSTS,
                changes=CHANGES,
            )
        )


def _row(figure: Figure) -> list[str]:
    verdict = "" if not figure.target else "reached" if figure.reached else "missed"
    return [figure.what, f"{figure.value:,.4g} {figure.unit}".strip(), figure.target, verdict]


if __name__ == "__main__":
    main(sys.argv[1:])
