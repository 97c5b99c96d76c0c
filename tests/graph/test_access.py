"""Rights through `fpcc serve` and `fpcc ctl`: each forbidden thing as each identity, and what is allowed."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fpcc.control.change import Allowed, send_graph
from fpcc.control.client import ControlClient
from fpcc.errors import FpccError
from tests.conftest import RunFpcc
from tests.graph.as_toml import Json, graph_as_toml, update_as_toml
from tests.graph.identities import ClientOf, Person
from tests.graph.serving import FPCC, Service, serving
from tests.host.access.conftest import as_root, open_directory
from tests.host.access.forbidden import BY_TENANT, changed
from tests.host.access.users import ANN, BOB, OPERATOR, STRANGER, counter, edge, realm
from tests.host.engine.graphs import Report, node

__all__ = ["as_root", "open_directory"]

# What fpcc itself finds wrong, before anybody is asked.
SAID_BY_FPCC = {
    "another's node": "tenant: unknown key",
    "in root's name": "by: unknown key",
    "a circle": "packets would go in a circle",
    "locked node": 'nothing leaves node "fixed": it is of kind drop',
    "port without a type": 'the key "type" is missing',
    "nested port options": "path: must be a path",
    "module by a digest": "digest: unknown key",
    "trust": "allow_unverified: unknown key",
    "protection": "allow_unprotected: unknown key",
    "rights": "access: unknown key",
}
# The host's words begin with the place in the file; paths in it are absolute and without detours once sent.
SAID_OTHERWISE = {
    "another's name": 'node "b.in": is not of tenant a',
    "the operator's name": 'node "src-policy": is not of tenant a',
    "weight": "weight: is 11; tenant a may have 10",
    "buffers": "buffers: is 4096; tenant a may have 2048",
    "relative mirror": "no right to file",
    "mirror by a detour": "no right to file",
}
# What the operator gave the tenant stays without being said again; a module of a file always comes along,
# verified; the others need a right to a module.
NOT_BY_FILE = {
    "removing what others lead to",
    "module that did not come",
    "module by its path",
    "arguments by a link",
    "arguments of another",
    "a named pipe",
}


@dataclass(frozen=True)
class Realm:
    service: Service
    module: Path
    directory: Path  # open to all
    files: Path  # of who asks

    def put(self, uid: int, request: Json) -> str:
        """Why a tenant's update, as a file of the user's, is not put in force; "" if it is."""
        text = update_as_toml(request, self.module).replace("DIRECTORY", str(self.directory))
        path = self.files / "part.toml"
        path.write_text(text)
        return self.put_file(uid, path)

    def put_file(self, uid: int, path: Path) -> str:
        try:
            send_graph(ClientOf(uid, self.service.control), path, Allowed())
        except FpccError as error:
            return str(error)
        return ""

    def state(self) -> Any:
        """The graph in force and all counts, as the operator sees them."""
        client = ControlClient(self.service.control)
        counts = ("node", "in", "gates", "drops", "state")
        return client.graph(), [[entry[key] for key in counts] for entry in client.report()["nodes"]]


@contextmanager
def start(wanted: Json, directory: Path, run_fpcc: RunFpcc) -> Iterator[Service]:
    """Ends it, too: a host that is only killed may still be about to remove its socket."""
    graph = directory / "realm.toml"
    graph.write_text("[host]\nforever = true\n" + graph_as_toml(wanted).removeprefix("[host]\n"))
    with serving(graph, run_fpcc) as service:
        yield service
        service.ctl("stop")  # if it has not been
        service.process.wait()


def wait_for_all(service: Service) -> None:
    client = ControlClient(service.control)
    while Report(client.report()).sum("sent") + Report(client.report()).dropped() < 3 * 64:
        time.sleep(0.02)


@pytest.fixture
def in_realm(macswap: Path, open_directory: Path, tmp_path: Path, run_fpcc: RunFpcc) -> Iterator[Realm]:
    """A realm whose packets have all gone through."""
    (open_directory / "link").symlink_to("/etc/passwd")
    (open_directory / "secret").write_text("root's")
    (open_directory / "secret").chmod(0o600)
    with start(realm(open_directory), open_directory, run_fpcc) as service:
        wait_for_all(service)
        yield Realm(service, macswap, open_directory, tmp_path)


@pytest.mark.parametrize("uid", [ANN, BOB, STRANGER, OPERATOR])
def test_what_a_tenant_may_not_do_nobody_does_by_a_file(in_realm: Realm, uid: int) -> None:
    """The reason is the one that is right for who asks, of a place in the file if it is about the file."""
    refused = 0
    others = {BOB: 'user 61002 is not one of tenant "a"', STRANGER: "user 61009 has no rights here"}
    before, wrong = in_realm.state(), {}
    for name in BY_TENANT.keys() - NOT_BY_FILE:
        reason = others.get(uid, SAID_OTHERWISE.get(name, BY_TENANT[name].reason))
        said = in_realm.put(uid, BY_TENANT[name].request)
        refused += name not in SAID_BY_FPCC
        if SAID_BY_FPCC.get(name, reason) not in said or in_realm.state() != before:
            wrong[name] = said
    assert wrong == {}
    assert in_realm.service.ask("stop") == {"ok": True}
    assert in_realm.service.finish()[1]["refused"] == {str(uid): refused}


OF_PLACES = {
    "weight": "part.toml:3: weight: is 11; tenant a may have 10",
    "workers": "part.toml:3: workers: tenant a has no right to it",
    "budget": 'node "a.n": budget_us is 10001',
    "into another's node": 'edge "fixed" -> "b.out": node b.out accepts nothing from tenant a',
    "unknown module": 'node "a.n": tenant a has no right to module "macswap"',
}


def test_a_refusal_names_the_place(in_realm: Realm) -> None:
    for name, place in OF_PLACES.items():
        said = in_realm.put(ANN, BY_TENANT[name].request)
        assert place in said and "part.toml:" in said, name
    said = in_realm.put(ANN, changed([node("fixed", "mirror", path="/x.pcap")], []))
    assert 'node "fixed": is locked' in said


def test_only_the_operator_replaces_stops_and_steers(in_realm: Realm) -> None:
    """By commands of each user's own; the host's reason, and status 1."""
    whole = in_realm.directory / "realm.toml"
    control = in_realm.service.control
    before = in_realm.state()
    for uid in (ANN, BOB, STRANGER):
        person = Person(uid, control, in_realm.files)
        for words, reason in (
            (("stop",), "only the operator stops fphost"),
            (("steer",), "only the operator says which worker serves which flows"),
            (("steer", "in-a", "--all", "--to", "0"), "only the operator says which worker"),
            (("update", whole), "only the operator replaces the whole graph; name your tenant"),
        ):
            done = person.ctl(*words)
            assert (done.returncode, done.stdout) == (1, ""), (uid, words)
            assert ("has no rights here" if uid == STRANGER else reason) in done.stderr, done.stderr
    assert in_realm.state() == before


def test_what_tenants_see(in_realm: Realm) -> None:
    for uid, seen in ((ANN, {"in-a", "fixed"}), (BOB, {"b.in", "b.out", "in-a", "fixed"})):
        person = Person(uid, in_realm.service.control, in_realm.files)
        for words in (("show", "--interval", "0"), ("graph", "--interval", "0"), ("report",)):
            done = person.ctl(*words)
            assert done.returncode == 0, done.stderr
            assert all(name in done.stdout for name in seen)
            assert "drop-x" not in done.stdout
    assert "in-x" not in done.stdout


FILTERED = [
    edge("src-policy", "a.web") | {"filter": "udp"},
    edge("src-policy", "a.rest"),
    edge("fixed", "out-y") | {"filter": "ip6"},
    edge("fixed", "a.rest"),
    edge("a.web", "out-y"),
    edge("a.rest", "out-y"),
]


def test_a_tenant_builds_upgrades_and_withdraws_its_part(
    macswap: Path, open_directory: Path, tmp_path: Path, run_fpcc: RunFpcc
) -> None:
    """Filters are modules of its own, by names that the operator allows; all by the tenant's own commands."""
    digest = hashlib.sha256(macswap.read_bytes()).hexdigest()
    wanted = realm(open_directory, [digest, "macswap", "filter-*"], verifier=[str(FPCC), "verify"])
    wanted["nodes"][0]["options"]["packets"] = 1 << 40
    nodes = [node("a.web", "module", module="nf", sealed=0, heap_bytes=1 << 20), counter("a.rest")]
    part = {"do": "update", "tenant": "a", "weight": 7, "nodes": nodes, "edges": FILTERED}
    (open_directory / "part.toml").write_text(update_as_toml(part, macswap))
    (open_directory / "none.toml").write_text('tenant = "a"\n[[edge]]\nfrom = "fixed"\nto = "out-y"\n')
    module = Path(shutil.copy(macswap, open_directory / "macswap.fpm"))
    with start(wanted, open_directory, run_fpcc) as service:
        ann = Person(ANN, service.control, tmp_path / "ann")
        before = links(service.ask("graph"))
        done = ann.ctl("update", open_directory / "part.toml")
        assert done.returncode == 0, done.stderr
        graph = service.ask("graph")
        assert {("src-policy", 0, "a.src-policy.filter"), ("a.src-policy.filter", 0, "a.web")} <= links(graph)
        assert {("fixed", 0, "a.fixed.filter"), ("a.fixed.filter", 1, "a.rest")} <= links(graph)
        assert next(t["weight"] for t in graph["tenants"] if t["name"] == "a") == 7
        service.wait_for("a.web", 100)
        done = ann.ctl("upgrade", "a.web", module)
        assert done.returncode == 0, done.stderr
        assert links(service.ask("graph")) == links(graph)
        done = Person(BOB, service.control, tmp_path).ctl("upgrade", "a.web", module)
        assert (done.returncode, 'not one of tenant "a"' in done.stderr) == (1, True)
        done = ann.ctl("update", open_directory / "none.toml")
        assert done.returncode == 0, done.stderr
        assert links(service.ask("graph")) == before


def by_name(graph: Json) -> Json:
    return {entry["name"]: entry for entry in graph["nodes"]}


def links(graph: Json) -> set[tuple[str, int, str]]:
    return {(entry["from"], entry["gate"], entry["to"]) for entry in graph["edges"]}


def test_a_filter_needs_the_right_to_its_module(in_realm: Realm) -> None:
    said = in_realm.put(ANN, changed([], [edge("fixed", "out-y", 1) | {"filter": "tcp"}]))
    assert 'edge "fixed" -> "out-y": filter: tenant a has no right to module "filter-fixed"' in said


OWN = changed([counter("a.n")], [edge("src-policy", "a.n"), edge("a.n", "out-y")])


def test_rights_are_not_lost_without_a_word(in_realm: Realm) -> None:
    """A graph that says nothing of access, as all were before files could say it."""
    service, graph = in_realm.service, in_realm.directory / "plain.toml"
    assert in_realm.put(ANN, OWN) == ""
    wanted = realm(in_realm.directory)
    graph.write_text(graph_as_toml({key: value for key, value in wanted.items() if key != "access"}))
    before = in_realm.state()
    done = service.ctl("update", graph)
    assert done.returncode == 1
    for loss in (
        "access: operators: 0 61000",
        "mandatory: from in-x through src-policy",
        "the rights of tenant a",
        "the rights of tenant b",
    ):
        assert loss in done.stderr
    assert in_realm.state() == before
    done = service.ctl("update", graph, "--discard")
    assert done.returncode == 0, done.stderr
    assert "warning: taken away: the rights of tenant a" in done.stderr
    assert "warning: taken away: node a.n, which tenant a has put there" in done.stderr
    assert "access" not in service.ask("graph")


def test_what_tenants_have_put_in_stays_when_the_operator_updates(in_realm: Realm) -> None:
    assert in_realm.put(ANN, OWN) == ""
    before = in_realm.service.ask("graph")
    assert in_realm.service.ask("update", in_realm.directory / "realm.toml") == {"ok": True}
    after = in_realm.service.ask("graph")
    assert links(after) == links(before)
    assert by_name(after) == by_name(before)


def test_an_operators_update_may_keep_all_it_said(in_realm: Realm) -> None:
    """The file in force, changed where it says so: nothing is lost."""
    graph = in_realm.directory / "realm.toml"
    graph.write_text(graph.read_text().replace('"max_weight" = 10', '"max_weight" = 20'))
    assert in_realm.service.ask("update", graph) == {"ok": True}
    assert in_realm.service.ask("graph")["access"]["tenants"]["a"]["max_weight"] == 20


def test_a_way_round_is_named_at_the_rule(in_realm: Realm) -> None:
    graph = in_realm.directory / "realm.toml"
    shutil.copy(graph, in_realm.files / "round.toml")
    round_it = in_realm.files / "round.toml"
    round_it.write_text(graph.read_text() + '[[edge]]\nfrom = "in-x"\ngate = 1\nto = "out-y"\n')
    done = in_realm.service.ctl("update", round_it)
    line = graph.read_text().splitlines().index("[[access.mandatory]]") + 1
    assert f"round.toml:{line}: access.mandatory[0]: in-x -> out-y does not pass src-policy" in done.stderr


def test_a_part_is_no_graph_to_serve(tmp_path: Path, run_fpcc: RunFpcc) -> None:
    (tmp_path / "part.toml").write_text('tenant = "a"\n')
    done = run_fpcc("serve", tmp_path / "part.toml")
    assert done.returncode == 1
    assert "part.toml:1: tenant: this is one tenant's part of a graph" in done.stderr
