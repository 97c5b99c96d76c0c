"""Changes of a graph that runs: nothing is lost, and what fails changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.host.engine.graphs import generator, graph, module, node, nowhere, path, running
from tests.host.run.conftest import MakeModule
from tests.host.run.sources import PASS, process

ENDLESS = 1 << 40


def plain(middle: list[dict[str, Any]], **changes: object) -> dict[str, Any]:
    names = [entry["name"] for entry in middle]
    return graph([generator(packets=ENDLESS), *middle, nowhere()], path("in", *names, "out"), **changes)


def test_a_hundred_changes_lose_nothing(fphost: Path, make_module: MakeModule, tmp_path: Path) -> None:
    nf = module("nf", make_module(PASS))
    graphs = [plain([nf]), plain([nf, node("count", "counter")]), plain([node("count", "counter"), nf])]
    with running(fphost, graphs[0], tmp_path) as host:
        for i in range(100):
            assert host.ask(do="update", graph=graphs[i % 3]) == {"ok": True}
        host.wait_for("nf", 1000)
        report = host.finish()
    report.check_accounts()
    assert report.dropped() == 0
    assert report.sum("queued") == 0


def test_a_node_that_is_not_changed_keeps_its_state(
    fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    """The module logs in its first call: it is not made again."""
    nf = module("nf", make_module(process('if (call == 1) fp_log(2, "first", 5);')))
    with running(fphost, plain([nf]), tmp_path) as host:
        host.wait_for("nf", 100)
        assert host.ask(do="update", graph=plain([nf, node("count", "counter")]))["ok"]
        host.wait_for("count", 100)
        host.finish()
    assert [event["text"] for event in host.events if event["event"] == "log"] == ["first"]


def test_a_module_whose_file_has_changed_is_replaced(
    fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    file = tmp_path / "nf.fpm"
    file.write_bytes(make_module(PASS).read_bytes())
    with running(fphost, plain([module("nf", file)]), tmp_path) as host:
        file.write_bytes(make_module(process('if (call == 1) fp_log(2, "new", 3);')).read_bytes())
        assert host.ask(do="update", graph=plain([module("nf", file)]))["ok"]
        host.wait_for("nf", 100)
        report = host.finish()
    assert [event["text"] for event in host.events if event["event"] == "log"] == ["new"]
    assert report.dropped() == 0


def test_workers_that_share_an_input_change_together(
    fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    """A worker that is wired anew sends no flows to one that is not: they would be lost in what goes."""
    files = [make_module(PASS), make_module(process("(void)call;"))]
    graphs = [plain([module("nf", file)], cores=[0, 0]) for file in files]
    with running(fphost, graphs[0], tmp_path) as host:
        for i in range(1, 40):
            assert host.ask(do="update", graph=graphs[i % 2]) == {"ok": True}
            host.wait_for("nf", 100)
        host.finish().check_accounts()


def test_an_update_that_fails_leaves_the_old_graph(
    fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    refuses = make_module(PASS + "int init(const struct fp_args *args) { (void)args; return 7; }")
    nf = module("nf", make_module(PASS))
    bad = {
        "returned 7": plain([nf, module("new", refuses)]),
        "missing.fpm": plain([nf, module("new", tmp_path / "missing.fpm")]),
        "leads nowhere": plain([nf, {**node("drop", "counter")}]) | {"edges": path("in", "nf")},
        "cores are chosen": plain([nf], cores=[0, 0]),
    }
    with running(fphost, plain([nf]), tmp_path) as host:
        for reason, wanted in bad.items():
            reply = host.ask(do="update", graph=wanted)
            assert not reply["ok"], reason
            assert reason in reply["error"]
        before = host.report().counts("nf")["in"]
        host.wait_for("nf", before + 1)
        assert host.report().sum("received") > before
        host.finish().check_accounts()


def test_requests_that_make_no_sense_are_answered(
    fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    with running(fphost, plain([module("nf", make_module(PASS))]), tmp_path) as host:
        assert "must be one of" in host.ask(do="dance")["error"]
        assert "must be one of" in host.ask()["error"]
        assert not host.ask(do="update")["ok"]
        assert not host.ask(do="update", graph=json.loads("[1]"))["ok"]
        host.finish()
