"""A graph in graphviz's language: a box for each tenant, edges as wide as what flows is much."""

from __future__ import annotations

import math
import shutil
import subprocess
from collections.abc import Iterator

from fpcc.control.rates import NodeRate, Rates
from fpcc.control.tables import show_rate
from fpcc.control.wiring import Way, find_ways
from fpcc.errors import InputError, ToolError
from fpcc.graphs.model import Json
from fpcc.reports.visible import make_visible

_SHAPES = {"input": "cds", "output": "cds", "module": "box", "drop": "octagon"}
_COLOURS = {"dead": "red", "restarting": "orange", "bypassed": "orange"}


def write_dot(graph: Json, rates: Rates) -> str:
    """The whole text."""
    return "\n".join([*_lines(graph, {node.name: node for node in rates.nodes}), ""])


def write_svg(dot: str) -> str:
    """The picture of it. Raises InputError without graphviz, ToolError if it fails."""
    program = shutil.which("dot")
    if program is None:
        raise InputError(
            "--svg needs graphviz, whose program `dot` is not here (Debian: apt-get install graphviz)\n"
            "    --dot writes what it reads, and needs nothing"
        )
    command = [program, "-Tsvg"]
    done = subprocess.run(command, input=dot.encode(), capture_output=True, check=False)
    if done.returncode != 0:
        raise ToolError(command, done.stderr.decode(errors="replace"), done.returncode)
    return done.stdout.decode()


def _lines(graph: Json, rates: dict[str, NodeRate]) -> Iterator[str]:
    yield "digraph fastpaas {"
    yield '\trankdir=LR; node [fontname="sans-serif", fontsize=11]; edge [fontname="sans-serif", fontsize=9];'
    for number, tenant in enumerate(graph["tenants"]):
        yield f"\tsubgraph cluster_{number} {{"
        yield f"\t\tlabel={_quote(tenant['name'])}; color=gray;"
        own = (node for node in graph["nodes"] if node["tenant"] == tenant["name"])
        yield from (f"\t\t{_describe_node(node, rates.get(node['name']))}" for node in own)
        yield "\t}"
    for ways in find_ways(graph).values():
        yield from (f"\t{_describe_way(way, rates.get(way.source))}" for way in ways)
    yield "}"


def _describe_node(node: Json, rate: NodeRate | None) -> str:
    lines = [node["name"], node["kind"]]
    if rate is not None:
        lines.append(f"{show_rate(rate.rate)}/s")
        lines += [f"{rate.cycles:,.0f} cycles/packet"] if rate.cycles is not None else []
        lines += [f"{show_rate(rate.drop_rate)}/s dropped"] if rate.drop_rate else []
    colour = _COLOURS.get(rate.state if rate else "", "black")
    shape = _SHAPES.get(node["kind"], "ellipse")
    return f"{_quote(node['name'])} [label={_quote(*lines)}, shape={shape}, color={colour}];"


def _describe_way(way: Way, source: NodeRate | None) -> str:
    flow = source.gate_rates.get(way.gate, 0.0) if source else 0.0
    label = _quote(str(way.gate), f"{show_rate(flow)}/s")
    width = 1 + math.log10(1 + flow) / 2
    return f"{_quote(way.source)} -> {_quote(way.target)} [label={label}, penwidth={width:.1f}];"


def _quote(*lines: str) -> str:
    """A string of graphviz, with escapes of its own only between the lines."""
    shown = (make_visible(line).replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(shown) + '"'
