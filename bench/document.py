"""docs/protection-cost.md, from the figures: tables, the targets beside them, and how they were measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.figures import (
    BIG_BUILD_RATIO,
    BUILD_SECONDS,
    CROSSING_NS,
    RECOVERY_US,
    SWITCHING_NS,
    TARGETS,
    Figures,
    Mean,
    NamedBuild,
    Row,
)
from bench.markdown import make_table
from fpcc.benchmark.build_time import BuildTime

_HEAD = """\
# What protection costs

Made by `make bench`; the figures are in
[`bench/results/protection.json`](../bench/results/protection.json).
Processor: {processor}, {cores} cores; {load:.1f} processes on average wanted one meanwhile.

## Throughput

Of the eight example NFs with 64-byte packets, relative to the same NF built without protection
(`--mode=none`). Higher is better, 1.00 is no cost; in brackets the 95 % confidence interval of the median.

"""
_METHOD = """\

## How it is measured

All builds of an NF run in one process, on the same packets, turn by turn. A round gives every build one
turn of at least 2.5 ms, in an order of its own; a ratio is the median over all rounds of *that round's*
time per packet of the unprotected build divided by that of the protected one. So what changes from second
to second (other load, clock frequency) is in both. Times are of the processor, and packets are put back to
what they were outside the measured time. Four instances of every build run and are averaged, since the
pages an instance happens to get make some percent of difference; for the same reason a new process begins
every ten rounds. Before any time counts, all builds must have given the same packets, byte for byte.

The column *noise* is the unprotected build measured against further instances of itself, by the same means:
what differs from 1.00 there is chance. What it does not show is the luck of code layout. Guards move code,
and where a hot loop begins within a cache line can be worth several percent, in either direction. So a
protected build is sometimes faster than the unprotected one; that is no merit of the guards. A real
difference shows in several NFs.

The traffic makes the NFs work: routes of the table, packets for every rule of the firewall, a fifth of the
policer's packets above their rate, both directions of the NAT, payloads of which one in fifty is an attack
(`bench/traffic.py`). To measure an NF of your own: `fpcc bench NF.c --args FILE --pcap CAPTURE`.
"""
_README_BEGIN, _README_END = "<!-- cost: begin -->", "<!-- cost: end -->"


def write_document(figures: Figures) -> str:
    parts = (
        _HEAD.format(processor=figures.processor, cores=figures.cores, load=figures.load),
        make_table(*_throughput(figures)),
        "\nAll NFs together, and what they should reach:\n\n",
        make_table(*_means(figures.means)),
        "\n## Other figures\n\n",
        make_table(*_others(figures)),
        "\n## Building\n\nWhole processes; `clang -O2` makes an object file of the same source. All is of "
        f"mode `{figures.builds[0].time.mode}`, the dearest. `--lowering=auto` is `segment` on x86-64.\n\n",
        make_table(*_builds([*figures.builds, *figures.big_builds])),
        _METHOD,
    )
    return "".join(parts)


def fill_readme(text: str, figures: Figures) -> str:
    """README.md with the throughput of each NF between its two markers."""
    before, rest = text.split(_README_BEGIN)
    after = rest.split(_README_END)[1]
    titles, rows = _throughput(figures)
    means = {(mean.mode, mean.lowering): mean.geometric_mean for mean in figures.means}
    last = ["*geometric mean*", "", *(f"*{mean:.3f}*" for mean in means.values()), ""]
    short = [[cell.partition(" (")[0] for cell in row] for row in rows]
    return f"{before}{_README_BEGIN}\n{make_table(titles, [*short, last])}{_README_END}{after}"


def _throughput(figures: Figures) -> tuple[list[str], list[list[str]]]:
    variants = [(mean.mode, mean.lowering) for mean in figures.means]
    titles = ["NF", "ns/packet", *(f"{mode}, {lowering}" for mode, lowering in variants), "noise"]
    found = {(row.nf, row.mode, row.lowering): row for row in figures.rows}
    names = [row.nf for row in figures.noise]
    noise = {row.nf: row for row in figures.noise}
    return titles, [
        [
            name,
            f"{found[name, 'none', 'none'].ns_per_packet:.1f}",
            *(_ratio(found[name, mode, lowering]) for mode, lowering in variants),
            _ratio(noise[name]),
        ]
        for name in names
    ]


def _ratio(row: Row) -> str:
    return f"{row.ratio:.3f} ({row.ratio_lo:.3f}–{row.ratio_hi:.3f})"


def _means(means: Iterable[Mean]) -> tuple[list[str], Iterator[list[str]]]:
    titles = ["mode", "geometric mean", "target", "worst NF", "target"]
    return titles, (
        [
            f"{mean.mode}, {mean.lowering}",
            f"{mean.geometric_mean:.3f}",
            f"≥ {TARGETS[mean.mode, mean.lowering].geometric_mean:.2f}",
            f"{mean.worst:.3f}",
            f"≥ {TARGETS[mean.mode, mean.lowering].worst:.2f}",
        ]
        for mean in means
    )


def _others(figures: Figures) -> tuple[list[str], list[list[str]]]:
    recovery = figures.recovery
    big = figures.big_builds[-1]
    return ["what", "measured", "target"], [
        ["entering and leaving a module, 32 packets", f"{figures.crossing_ns:.1f} ns", f"≤ {CROSSING_NS} ns"],
        [
            "the same, from one module of lowering segment to another",
            f"{figures.switching_ns:.1f} ns",
            f"≤ {SWITCHING_NS} ns",
        ],
        *_slowest_builds(figures.builds),
        [
            f"`fpcc build` of {big.lines:,} lines against `clang -O2`",
            f"{big.time.cpu_ratio:.1f} times",
            f"≤ {BIG_BUILD_RATIO} times",
        ],
        [
            f"from a fault to the next batch of another module, worst of {recovery.runs}",
            f"{recovery.worst_us:.0f} µs (median {recovery.median_us:.0f} µs)",
            f"≤ {RECOVERY_US} µs",
        ],
    ]


def _slowest_builds(builds: Iterable[NamedBuild]) -> list[list[str]]:
    """A row for each lowering."""
    slowest: dict[str, BuildTime] = {}
    for time in sorted((build.time for build in builds), key=lambda time: time.wall_seconds):
        slowest[time.lowering] = time
    return [
        [
            f"`fpcc build` of an example, {lowering}, the slowest",
            f"{time.wall_seconds:.2f} s ({time.cpu_seconds:.2f} s on the processor)",
            f"≤ {BUILD_SECONDS} s",
        ]
        for lowering, time in slowest.items()
    ]


def _builds(builds: Iterable[NamedBuild]) -> tuple[list[str], Iterator[list[str]]]:
    titles = [
        "source",
        "lines",
        "lowering",
        "fpcc, s",
        "clang, s",
        "times as long",
        "processor time, s",
        "clang's, s",
        "times",
    ]
    return titles, (
        [
            build.nf,
            f"{build.lines:,}",
            build.time.lowering,
            f"{build.time.wall_seconds:.2f}",
            f"{build.time.clang_wall_seconds:.2f}",
            f"{build.time.wall_ratio:.1f}",
            f"{build.time.cpu_seconds:.2f}",
            f"{build.time.clang_cpu_seconds:.2f}",
            f"{build.time.cpu_ratio:.1f}",
        ]
        for build in builds
    )
