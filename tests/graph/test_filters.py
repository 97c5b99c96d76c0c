"""Edges with filters: packets go by the first that matches, else by the edge without one."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import RunFpcc
from tests.graph.serving import Service, serving
from tests.host.engine.graphs import Report

NODES = """\
[[tenant]]
name = "a"

[[node]]
name = "in"
tenant = "a"
kind = "input"
{source}

[[node]]
name = "out"
tenant = "a"
kind = "output"
type = "null"
"""
COUNTER = '\n[[node]]\nname = "{0}"\ntenant = "a"\nkind = "counter"\n\n[[edge]]\nfrom = "{0}"\nto = "out"\n'
EDGE = '\n[[edge]]\nfrom = "in"\nto = "{}"\nfilter = "{}"\n'
REST = '\n[[edge]]\nfrom = "in"\nto = "out"\n'


def write_filters(path: Path, source: str, filters: dict[str, str], rest: str = REST) -> Path:
    """A counter behind each filter; the rest comes first in the file, and is tried last all the same."""
    counters = "".join(COUNTER.format(name) for name in filters)
    edges = "".join(EDGE.format(name, text) for name, text in filters.items())
    path.write_text(NODES.format(source=source) + rest + counters + edges)
    return path


def test_a_classifier_parts_what_comes_to_it(demo: Path, tmp_path: Path, run_fpcc: RunFpcc) -> None:
    graph = tmp_path / "g.toml"
    graph.write_text(
        NODES.format(source=f'type = "pcap"\npath = "{demo}"')
        + '\n[[node]]\nname = "parts"\ntenant = "a"\nkind = "classifier"\n'
        + COUNTER.format("web")
        + '\n[[edge]]\nfrom = "in"\nto = "parts"\n'
        + EDGE.format("web", "tcp").replace('"in"', '"parts"')
        + REST.replace('"in"', '"parts"')
    )
    done = run_fpcc("serve", graph, "--control", tmp_path / "control", "--json")
    assert done.returncode == 0, done.stderr
    report = Report(json.loads(done.stdout)["report"])
    report.check_accounts()
    total = report.counts("in")["in"]
    assert report.counts("parts")["in"] == report.counts("out")["in"] == total
    assert 0 < report.counts("web")["in"] < total


def count_by_filter(demo: Path, filters: dict[str, str], tmp_path: Path, run_fpcc: RunFpcc) -> Report:
    source = f'type = "pcap"\npath = "{demo}"'
    graph = write_filters(tmp_path / "g.toml", source, filters)
    done = run_fpcc("serve", graph, "--control", tmp_path / "control", "--json")
    assert done.returncode == 0, done.stderr
    report = Report(json.loads(done.stdout)["report"])
    report.check_accounts()
    return report


def test_the_first_filter_that_matches_takes_the_packet(
    demo: Path, tmp_path: Path, run_fpcc: RunFpcc
) -> None:
    report = count_by_filter(demo, {"t": "tcp", "tu": "tcp or udp"}, tmp_path, run_fpcc)
    again = count_by_filter(demo, {"u": "udp", "tu": "tcp or udp"}, tmp_path, run_fpcc)
    total = report.counts("in")["in"]
    assert report.counts("in.filter")["gates"].keys() == {"0", "1", "2"}
    assert sum(report.counts("in.filter")["gates"].values()) == report.counts("out")["in"] == total
    assert report.counts("tu")["in"] == again.counts("u")["in"] > 0
    assert report.counts("t")["in"] == again.counts("tu")["in"] > 0


def test_what_no_filter_matches_is_dropped_without_an_edge_for_it(
    demo: Path, tmp_path: Path, run_fpcc: RunFpcc
) -> None:
    source = f'type = "pcap"\npath = "{demo}"'
    graph = write_filters(tmp_path / "g.toml", source, {"t": "tcp"}, rest="")
    done = run_fpcc("serve", graph, "--control", tmp_path / "control", "--json")
    report = Report(json.loads(done.stdout)["report"])
    report.check_accounts()
    counts = report.counts("in.filter")
    assert counts["drops"] == {"gate leads nowhere": counts["gates"]["1"]}


def test_filters_change_while_packets_flow(demo: Path, tmp_path: Path, run_fpcc: RunFpcc) -> None:
    source = f'type = "pool"\npcap = "{demo}"\npackets = {1 << 40}'
    first = write_filters(tmp_path / "g.toml", source, {"t": "tcp"})
    second = write_filters(tmp_path / "h.toml", source, {"t": "ip6 and tcp"})
    with serving(first, run_fpcc) as service:
        before = share_of_filter(service)
        assert service.ask("update", second) == {"ok": True}
        after = share_of_filter(service)
        assert service.ask("stop") == {"ok": True}
        _, document = service.finish()
    Report(document["report"]).check_accounts()
    assert 0 < after < before < 1


def share_of_filter(service: Service) -> float:
    """The part of the packets that its first filter matches."""
    service.wait_for("in.filter", 10_000)
    counts = service.report().counts("in.filter")
    return float(counts["gates"]["0"] / counts["in"])
