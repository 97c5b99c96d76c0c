"""Mandatory nodes: what would bypass, remove or reorder them is refused, with the path it would open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.host.access.paths import broken
from tests.host.access.users import ANN, ROOT, Json, ask_as, counter, edge, realm, update
from tests.host.engine.graphs import node, path, refused, running
from tests.host.run.capture_files import Captured, write_capture


def owned(directory: Path) -> Json:
    """Tenant a owns the input, the gates of the policies and what comes after: only the rules hold it back.

    own-in -> first -> second -> own-out
    """
    wanted = realm(directory)
    source = write_capture(directory / "in.pcap", [Captured(bytes(60))])
    wanted["nodes"] += [
        node("own-in", "input", type="pcap", path=str(source)),
        counter("first"),
        counter("second"),
        node("own-out", "output", type="null"),
    ]
    wanted["edges"] += path("own-in", "first", "second", "own-out")
    rules = [{"from": "own-in", "through": "first"}, {"from": "first", "through": "second"}]
    wanted["access"]["mandatory"] += rules
    return wanted


IN_A = node("in-a", "input", type="pool", packets=64, count=64)
OUT = node("own-out", "output", type="null")


def change(edges: list[Json], *nodes: Json) -> Json:
    return update("a", [IN_A, OUT, *nodes], [edge("fixed", "out-y"), *edges])


CHANGES = {
    "bypass": (
        change(path("own-in", "a.fast", "own-out") + path("first", "second", "own-out"), counter("a.fast")),
        "own-in -> a.fast -> own-out does not pass first",
    ),
    "bypass of the second": (
        change(path("own-in", "first", "a.fast", "out-y") + path("second", "own-out"), counter("a.fast")),
        "first -> a.fast -> out-y does not pass second",
    ),
    "straight out": (
        change(path("own-in", "own-out") + path("first", "second", "own-out")),
        "own-in -> own-out does not pass first",
    ),
    "by another gate": (
        change([*path("own-in", "first", "second", "own-out"), edge("first", "own-out", 7)]),
        "first -> own-out does not pass second",
    ),
    "reorder": (
        change(path("own-in", "second", "first", "own-out")),
        "first -> own-out does not pass second",
    ),
    "first look": (
        change(path("own-in", "a.spy", "first", "second", "own-out"), counter("a.spy")),
        "own-in -> a.spy comes before first",
    ),
    "a look between": (
        change(path("own-in", "first", "a.spy", "second", "own-out"), counter("a.spy")),
        "first -> a.spy comes before second",
    ),
    "no edge": (change(path("first", "second", "own-out")), "node own-in: gate 0 leads nowhere"),
    "another kind": (
        change(path("own-in", "first", "second", "own-out"), node("first", "mirror", path="/x")),
        "node first is locked",
    ),
    "the port again": (
        change(
            path("own-in", "first", "second", "own-out") + path("a.in", "own-out"),
            node("a.in", "input", type="pcap", path="DIRECTORY/in.pcap"),
        ),
        "node a.in receives from the port of own-in, whose packets must pass first",
    ),
    "the port by another name": (
        change(
            path("own-in", "first", "second", "own-out") + path("a.in", "own-out"),
            node("a.in", "input", type="pcap", path="DIRECTORY/same.pcap"),
        ),
        "node a.in receives from the port of own-in, whose packets must pass first",
    ),
}


def test_what_breaks_a_rule_is_refused_with_its_path(fphost: Path, open_directory: Path) -> None:
    with running(fphost, owned(open_directory), open_directory) as host:
        (open_directory / "same.pcap").hardlink_to(open_directory / "in.pcap")
        here = str(open_directory)
        before = ask_as(host, ROOT, {"do": "graph"})
        assert broken(before["graph"]) == []
        for name, (request, reason) in CHANGES.items():
            reply = ask_as(host, ANN, json.loads(json.dumps(request).replace("DIRECTORY", here)))
            assert reason in reply.get("error", "done"), name
            assert host.events[-1]["reason"] == reply["error"]
            assert ask_as(host, ROOT, {"do": "graph"}) == before, name
        host.finish()


def test_what_keeps_the_rules_is_done(fphost: Path, open_directory: Path) -> None:
    with running(fphost, owned(open_directory), open_directory) as host:
        added = [counter("a.after"), node("a.drop", "drop")]
        edges = [*path("own-in", "first", "second", "a.after", "own-out"), edge("first", "a.drop", 1)]
        assert ask_as(host, ANN, change(edges, *added)) == {"ok": True}
        assert broken(ask_as(host, ROOT, {"do": "graph"})["graph"]) == []
        host.finish()


def rule(source: str, through: str) -> list[Json]:
    return [{"from": source, "through": through}]


OPERATORS_MISTAKES = {
    "no such node": (rule("in-x", "x"), 'access.mandatory[0]: there is no node "x"'),
    "no such input": (rule("x", "src-policy"), 'access.mandatory[0]: there is no node "x"'),
    "itself": (rule("in-x", "in-x"), "from and through are the same"),
    "not so": (rule("in-a", "src-policy"), "in-a -> fixed -> out-y does not pass src-policy"),
    "no rule": ([{"from": "in-x"}], "through is missing"),
}


@pytest.mark.parametrize("name", OPERATORS_MISTAKES)
def test_the_operators_graph_must_keep_its_own_rules(fphost: Path, open_directory: Path, name: str) -> None:
    rules, reason = OPERATORS_MISTAKES[name]
    assert reason in refused(fphost, realm(open_directory, mandatory=rules))


MALFORMED: dict[str, tuple[Json, str]] = {
    "tenant": ({"tenants": {"x": {"uids": []}}}, 'access.tenants: there is no tenant "x"'),
    "dot": ({"tenants": {"a.b": {"uids": []}}}, "no dot"),
    "uids": ({"tenants": {"a": {"uids": ["ann"]}}}, "access.tenants.a.uids[0] must be an integer"),
    "nobody": ({"tenants": {"a": {"uids": [0xFFFFFFFF]}}}, "must be an integer of 0 to 4294967294"),
    "pattern": ({"tenants": {"a": {"uids": [], "ports": [1]}}}, "access.tenants.a.ports[0] must be a string"),
    "key": ({"tenants": {"a": {"uids": [], "port": []}}}, "access.tenants.a.port is not a known key"),
    "operators": ({"operators": []}, "allowed are 1 to"),
    "verifier": ({"verifier": [""]}, "access.verifier[0] must be a string that is not empty"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_rights_that_cannot_be_are_refused(fphost: Path, open_directory: Path, name: str) -> None:
    wanted, reason = MALFORMED[name]
    assert reason in refused(fphost, realm(open_directory, mandatory=[]) | {"access": wanted})


MARKS: dict[str, tuple[Json, str]] = {
    "gate": ({"open_to": {"64": ["a"]}}, 'open_to: "64" is no gate'),
    "gate by another spelling": ({"open_to": {"00": ["a"]}}, 'open_to: "00" is no gate'),
    "open to nobody known": ({"open_to": {"0": ["x"]}}, "must be the name of a tenant"),
    "open to no list": ({"open_to": {"0": "a"}}, "must be a list of tenants"),
    "accept": ({"accept": ["x"]}, "must be the name of a tenant"),
    "by": ({"by": {"uid": -1, "gid": 0}}, "by.uid is -1"),
}


@pytest.mark.parametrize("name", MARKS)
def test_marks_that_cannot_be_are_refused(fphost: Path, open_directory: Path, name: str) -> None:
    marks, reason = MARKS[name]
    wanted = realm(open_directory)
    wanted["nodes"][1] |= marks
    assert reason in refused(fphost, wanted)
