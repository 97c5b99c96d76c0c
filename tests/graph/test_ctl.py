"""`fpcc ctl`: what runs is shown and changed while packets flow, and none is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import RunFpcc
from tests.fpcc.run.conftest import BuildModule
from tests.graph.serving import COUNTED, GRAPH, Service, serving, write_graph
from tests.host.engine.graphs import Report

# Counts what it has seen since init(), and says so at 1,000.
SEEN = """\
#include <fastpaas/nf.h>
static uint32_t seen;
void process(struct fp_batch *batch)
{
	seen += batch->count;
	if (seen >= 1000 && seen < 1000 + batch->count)
		fp_logf(FP_INFO, "%s", "NAME saw a thousand");
}
"""


@pytest.fixture
def seen(tmp_path: Path, build_module: BuildModule) -> Path:
    return build_seen(tmp_path, build_module, "first")


def build_seen(directory: Path, build_module: BuildModule, name: str) -> Path:
    source = directory / f"{name}.c"
    source.write_text(SEEN.replace("NAME", name))
    return build_module(source)


def finish(service: Service) -> tuple[Report, list[str]]:
    """Stops it; the last report, whose accounts must be right, and what was logged."""
    assert service.ask("stop") == {"ok": True}
    status, document = service.finish()
    assert status == 0, document
    report = Report(document["report"])
    report.check_accounts()
    assert report.sum("queued") == 0
    return report, [f"{log['node']}: {log['text']}" for log in document["logs"]]


def test_updates_under_load_lose_nothing_and_keep_state(
    tmp_path: Path, seen: Path, run_fpcc: RunFpcc
) -> None:
    """On each worker the module sees its thousandth packet once: it is never made anew."""
    plain, counted = write_graph(tmp_path / "g.toml", seen), write_graph(tmp_path / "c.toml", seen, COUNTED)
    with serving(plain, run_fpcc) as service:
        service.wait_for("nf", 10_000)
        for graph in (counted, plain, counted):
            assert service.ask("update", graph) == {"ok": True}
        service.wait_for("count", 10_000)
        report, logs = finish(service)
    assert report.counts("count")["in"] > 0
    assert sorted(logs) == ["nf: first saw a thousand"] * 2


def test_an_upgrade_under_load_replaces_one_module(
    tmp_path: Path, seen: Path, build_module: BuildModule, run_fpcc: RunFpcc
) -> None:
    """The other module goes on although its file has been replaced, too."""
    other = tmp_path / "other.fpm"
    shutil.copy(seen, other)
    node = f'[[node]]\nname = "nf2"\ntenant = "red"\nkind = "module"\nmodule = "{other}"\n'
    extra = f'{node}\n[[edge]]\nfrom = "in"'
    text = GRAPH.replace('[[edge]]\nfrom = "in"', extra).replace(
        'from = "nf"\nto = "out"', 'from = "nf"\nto = "nf2"\n\n[[edge]]\nfrom = "nf2"\nto = "out"'
    )
    second = build_seen(tmp_path, build_module, "second")
    with serving(write_graph(tmp_path / "g.toml", seen, text), run_fpcc) as service:
        service.wait_for("nf2", 10_000)
        shutil.copy(second, other)
        for _ in range(2):
            assert service.ask("upgrade", "nf", second) == {"ok": True}
            service.wait_for("nf", 10_000)
            graph = service.ask("graph")
        _, logs = finish(service)
    modules = {node["name"]: node["options"]["module"] for node in graph["nodes"] if node["kind"] == "module"}
    assert modules == {"nf": str(second), "nf2": str(other)}
    assert sorted(logs) == sorted(
        ["nf: first saw a thousand", "nf2: first saw a thousand", "nf: second saw a thousand"] * 2
    )


def test_what_cannot_be_changes_nothing(
    tmp_path: Path, seen: Path, unprotected: Path, run_fpcc: RunFpcc
) -> None:
    graph = write_graph(tmp_path / "g.toml", seen)
    heavy = write_graph(tmp_path / "heavy.toml", seen, GRAPH.replace("weight = 2", "weight = 2000"))
    broken = tmp_path / "broken.fpm"
    broken.write_bytes(seen.read_bytes()[:4000])
    with serving(graph, run_fpcc) as service:
        before = service.ask("graph")
        for words, reason in (
            (("update", heavy), f'{heavy}:9: tenant "blue": weight: is 2000; allowed are 1 to 1000'),
            (("update", tmp_path / "none.toml"), "none.toml"),
            (("upgrade", "nf", unprotected), "it is unprotected"),
            (("upgrade", "nf", broken), "refused"),
            (("upgrade", "nf", tmp_path / "none.fpm"), "no such file"),
            (("upgrade", "out", seen), 'node "out" is of kind output and has no module'),
            (("upgrade", "nfx", seen), 'there is no node "nfx"; nodes with modules: nf'),
        ):
            done = service.ctl(*words)
            assert done.returncode == 1, words
            assert reason in done.stderr
        assert service.ask("graph") == before
        finish(service)


def test_show_has_rates_of_the_interval(tmp_path: Path, seen: Path, run_fpcc: RunFpcc) -> None:
    with serving(write_graph(tmp_path / "g.toml", seen), run_fpcc) as service:
        service.wait_for("nf", 1000)
        rates = service.ask("show", "--interval", "0.3")
        text = service.ctl("show", "--interval", "0.1").stdout
        top = run_fpcc("top", "--once", "--interval", "0.1", "--control", service.control).stdout
        finish(service)
    nf = next(node for node in rates["nodes"] if node["name"] == "nf")
    assert 0.3 <= rates["seconds"] <= rates["uptime"]
    assert nf["workers"] == [0, 1]
    assert nf["rate"] > 0 and nf["cycles"] > 0 and 1 <= nf["batch"] <= 32
    assert nf["rate"] * rates["seconds"] <= nf["packets"]
    assert [worker["index"] for worker in rates["workers"]] == [0, 1]
    assert 0 < sum(worker["busy"] for worker in rates["workers"]) <= 2
    for shown in (text, top):
        assert "cycles/packet" in shown and " nf " in shown and " blue " in shown


def test_the_graph_is_drawn(tmp_path: Path, seen: Path, run_fpcc: RunFpcc) -> None:
    both = COUNTED + '\n[[edge]]\nfrom = "nf"\ngate = 3\nto = "out"\n'
    with serving(write_graph(tmp_path / "g.toml", seen, both), run_fpcc) as service:
        service.wait_for("nf", 1000)
        text, dot = (service.ctl("graph", "--interval", "0.1", *form).stdout for form in ((), ("--dot",)))
        svg = run_fpcc("ctl", "--control", service.control, "graph", "--svg", PATH=str(tmp_path))
        finish(service)
    assert [line.split("  ")[0] for line in text.splitlines()[1:]] == ["in", "`-0-> nf", "", "", ""]
    assert [line[:25].rstrip() for line in text.splitlines()[3:]] == [
        "   |-0-> count",
        "   |  `-0-> out",
        "   `-3-> out, see above",
    ]
    assert '"nf" -> "out" [label="3\\n0/s"' in dot
    assert dot.count("subgraph") == 2
    assert svg.returncode == 1
    assert "needs graphviz" in svg.stderr


def test_nobody_listens(tmp_path: Path, run_fpcc: RunFpcc) -> None:
    done = run_fpcc("ctl", "--control", tmp_path / "none", "show")
    assert done.returncode == 1
    assert "does `fpcc serve` run" in done.stderr
    done = run_fpcc("ctl", "--control", tmp_path / ("x" * 200), "show")
    assert done.returncode == 1
    assert "too long" in done.stderr
