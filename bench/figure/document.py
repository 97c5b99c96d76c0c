"""The generated part of docs/evaluation.md, from the rows saved and the paper's own numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from bench.figure.bars import OTHERS, PAPERS
from bench.figure.paper import STATED, Stated
from bench.figure.results import PAPERS_NFS, Results
from bench.figure.schemes import list_ours, list_ours_of, list_schemes
from bench.markdown import make_table
from fpcc.benchmark.contest import AGAIN, REFERENCE

_HEAD = """
Processor: {processor}, {cores} cores; {load:.1f} processes on average wanted one meanwhile.
{packets:,} packets of 64 bytes from a pool, batches of {batch}; {rounds} rounds, {instances} instances each.

![The paper's NFs](figures/{papers}.svg)

![The other NFs](figures/{others}.svg)

"""
_NOTHING = "–"


def write_part(results: Results) -> str:
    """All between the document's markers."""
    told = results.throughput
    head = _HEAD.format(
        processor=told.processor,
        cores=told.cores,
        load=told.load,
        packets=told.packets,
        batch=told.batch,
        rounds=told.rounds,
        instances=told.instances,
        papers=PAPERS,
        others=OTHERS,
    )
    parts = (
        head,
        "### The paper's numbers, and ours in their place\n\n",
        make_table(*_beside_paper(results)),
        "\n### Throughput, relative to the same NF without protection\n\n",
        make_table(*_throughput(results)),
        *_wire_part(results),
        "\n### Instructions a packet\n\n",
        make_table(*_instructions(results)),
        "\n### No figure\n\n",
        *_skipped(results),
        "\n",
    )
    return "".join(parts)


def _beside_paper(results: Results) -> tuple[list[str], Iterator[list[str]]]:
    nfs = [nf for nf in PAPERS_NFS if nf in results.nfs]
    wire = [nf for nf in nfs if (nf, REFERENCE) in results.wire_rows]
    titles = ["the paper's scheme", "pool", "with traffic", "in its words", "in its place here", *nfs]
    titles += [f"{nf}, with traffic" for nf in wire]
    return titles, (
        [
            stated.scheme,
            _theirs(stated.pool, stated),
            _theirs(stated.traffic, stated),
            stated.words,
            f"`{stated.peer}`" if stated.peer else "not obtainable",
            *(_ratio(results, nf, stated.peer) for nf in nfs),
            *(_wire_beside(results, nf, stated.peer) for nf in wire),
        ]
        for stated in STATED
    )


def _wire_beside(results: Results, nf: str, peer: str) -> str:
    row = results.wire_rows.get((nf, peer))
    return f"{row.ratio:.3f}" if row else _NOTHING


def _theirs(number: float | None, stated: Stated) -> str:
    return _NOTHING if number is None else f"*{'≥ ' if stated.at_least else ''}{number:.2f}*"


def _throughput(results: Results) -> tuple[list[str], list[list[str]]]:
    nfs = results.nfs
    rows = [[name, *(_ratio(results, nf, name) for nf in nfs)] for name in list_schemes(results)]
    noise = ["*noise: `none` against itself*", *(_ratio(results, nf, AGAIN) for nf in nfs)]
    times = ["*`none`, ns a packet*", *(_time(results, nf) for nf in nfs)]
    return ["", *nfs], [*rows, noise, times]


def _ratio(results: Results, nf: str, peer: str) -> str:
    row = results.ratios.get((nf, peer))
    return f"{row.ratio:.3f}" if row else _NOTHING


def _time(results: Results, nf: str) -> str:
    row = results.ratios.get((nf, REFERENCE))
    return f"{row.ns_per_packet:.1f}" if row else _NOTHING


def _wire_part(results: Results) -> Iterable[str]:
    """Nothing if it was not measured: then `No figure` says why."""
    wire = results.wire
    nfs = [nf for nf in results.nfs if (nf, REFERENCE) in results.wire_rows]
    if not nfs:
        return
    names = list_ours_of(peer for _, peer in results.wire_rows)
    rows = [[name, *(_wire_ratio(results, nf, name) for nf in nfs)] for name in names]
    rows += [["*noise: `none` against itself*", *(_wire_ratio(results, nf, AGAIN) for nf in nfs)]]
    none = [results.wire_rows[nf, REFERENCE] for nf in nfs]
    rows += [["*`none`, ns a packet*", *(f"{row.ns_per_packet:,.0f}" for row in none)]]
    rows += [["*`none`, packets a second*", *(f"{row.packets_per_second:,.0f}" for row in none)]]
    rows += [["*`none`, on its processor*", *(f"{row.busy:.0%}" for row in none)]]
    yield "\n### With traffic from a separate host\n\n"
    yield f"{wire.rounds} rounds, turns of about {wire.turn_seconds} s; "
    yield f"{wire.load:.1f} processes wanted a core. "
    yield "Ratios are of processor time a packet, in brackets of packets a second.\n\n"
    yield make_table(["", *nfs], rows)


def _wire_ratio(results: Results, nf: str, peer: str) -> str:
    row = results.wire_rows.get((nf, peer))
    return f"{row.ratio:.3f} ({row.rate_ratio:.3f})" if row else _NOTHING


def _instructions(results: Results) -> tuple[list[str], list[list[str]]]:
    """In brackets what protection adds or, by chance, saves."""
    counted = dict.fromkeys(count.peer for count in results.instructions)
    names = [name for name in (REFERENCE, *list_ours(results)) if name in counted]
    names += [name for name in counted if name not in names]
    nfs = results.nfs
    return ["", *nfs], [[name, *(_count(results, nf, name) for nf in nfs)] for name in names]


def _count(results: Results, nf: str, peer: str) -> str:
    count, reference = (results.counts.get((nf, name)) for name in (peer, REFERENCE))
    if count is None:
        return _NOTHING
    if reference is None or peer == REFERENCE:
        return f"{count.instructions:.1f}"
    return f"{count.instructions:.1f} ({count.instructions / reference.instructions - 1:+.1%})"


def _skipped(results: Results) -> Iterable[str]:
    """Each reason once, with whom it concerns."""
    found = sorted(results.skipped, key=lambda row: (row.peer, row.skipped))
    if not found:
        yield "Everything was there.\n"
    for (peer, reason), rows in groupby(found, key=lambda row: (row.peer, row.skipped)):
        nfs = ", ".join(dict.fromkeys(row.nf for row in rows))
        yield f"* `{peer}` for {nfs}: {reason}\n"
