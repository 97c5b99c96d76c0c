"""`fpcc ctl steer`: which worker serves which flow groups, and moving them by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RunFpcc
from tests.graph.serving import Service, serving, write_graph

GROUPS = 128


def table(service: Service, *words: str) -> Any:
    (found,) = service.ask("steer", "in", *words)
    return found


def test_groups_move_by_hand(tmp_path: Path, macswap: Path, run_fpcc: RunFpcc) -> None:
    """All to one worker, then one of them back; each is seen in the table and in what the worker does."""
    with serving(write_graph(tmp_path / "g.toml", macswap), run_fpcc) as service:
        service.wait_for("nf", 1000)
        found = table(service, "--interval", "0")
        assert (found["input"], found["tenant"], found["workers"]) == ("in", "red", [0, 1])
        assert len(found["groups"]) == len(found["packets"]) == len(found["rates"]) == GROUPS
        assert set(found["groups"]) == {0, 1}
        assert service.ask("steer", "in", "--all", "--to", "0") == {"ok": True}
        assert service.ask("steer", "in", "--group", "17", "--group", "3", "--to", "1") == {"ok": True}
        after = table(service, "--interval", "0")
        done = service.ctl("steer", "in", "--all", "--to", "1")
        shown = service.ctl("steer", "--interval", "0.1").stdout
        assert service.ask("stop") == {"ok": True}
        assert service.finish()[0] == 0
    assert after["groups"][17] == after["groups"][3] == 1
    assert sum(packets > 0 for packets in after["packets"]) > 1
    assert done.stdout == "in: flow groups 0 to 127: served by worker 1 now\n"
    assert "flow groups" in shown and " in " in shown


def test_packets_are_counted_by_group(tmp_path: Path, macswap: Path, run_fpcc: RunFpcc) -> None:
    """Never fewer than before, although the host looks at them for its own balance meanwhile."""
    with serving(write_graph(tmp_path / "g.toml", macswap), run_fpcc) as service:
        before = table(service, "--interval", "0")["packets"]
        for _ in range(3):
            now = table(service, "--interval", "0.4")
            assert all(new >= old for new, old in zip(now["packets"], before, strict=True))
            assert any(rate > 0 for rate in now["rates"])
            before = now["packets"]
        assert sum(before) <= service.report().sum("received")
        assert service.ask("stop") == {"ok": True}


WRONG = {
    ("steer", "nf"): (1, 'no input "nf" is served by several workers; those that are: in'),
    ("steer", "nf", "--all", "--to", "0"): (1, "must name an input whose flows several workers serve"),
    ("steer", "in", "--group", "128", "--to", "0"): (1, "groups[0] must be an integer of 0 to 127"),
    ("steer", "in", "--group", "-1", "--to", "0"): (1, "groups[0] must be an integer of 0 to 127"),
    ("steer", "in", "--group", "1", "--to", "2"): (1, '"to" is none of the workers that serve this input'),
    ("steer", "in", "--group", "1"): (2, "give --to WORKER and either --group N or --all"),
    ("steer", "in", "--to", "1"): (2, "give --to WORKER and either --group N or --all"),
    ("steer", "in", "--group", "1", "--all", "--to", "1"): (2, "either --group N or --all"),
    ("steer", "--all", "--to", "1"): (2, "INPUT says whose flow groups"),
}


def test_what_makes_no_sense_is_refused(tmp_path: Path, macswap: Path, run_fpcc: RunFpcc) -> None:
    with serving(write_graph(tmp_path / "g.toml", macswap), run_fpcc) as service:
        for words, (status, reason) in WRONG.items():
            done = service.ctl(*words)
            assert done.returncode == status, words
            assert reason in done.stderr, words


@pytest.mark.parametrize("words", [("steer",), ("steer", "--json")])
def test_one_worker_has_nothing_to_steer(
    words: tuple[str, ...], tmp_path: Path, macswap: Path, run_fpcc: RunFpcc
) -> None:
    graph = write_graph(tmp_path / "g.toml", macswap)
    graph.write_text(graph.read_text().replace("cores = [0, 1]", "cores = [0]"))
    with serving(graph, run_fpcc) as service:
        done = service.ctl(*words, "--interval", "0")
    assert done.returncode == 0
    assert done.stdout in ("no input is served by several workers\n", "[]\n")
