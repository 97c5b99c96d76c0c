"""Each forbidden thing as each identity: refused with its reason, logged, and nothing is changed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.host.access.forbidden import BY_TENANT, Forbidden, changed
from tests.host.access.users import ANN, BOB, OPERATOR, ROOT, STRANGER, ask_as, edge, realm
from tests.host.engine.graphs import Json, Running, node, running
from tests.host.run.conftest import MakeModule
from tests.host.run.sources import PASS


@dataclass(frozen=True)
class Realm:
    host: Running
    module: bytes
    directory: Path

    def ask(self, uid: int, request: Json, with_module: bool = False) -> Json:
        text = json.dumps(request).replace("DIRECTORY", str(self.directory))
        return ask_as(self.host, uid, json.loads(text), *([self.module] if with_module else []))

    def state(self) -> Any:
        """The graph and all counts, as the operator sees them."""
        report = ask_as(self.host, 0, {"do": "report"})["report"]
        counts = ("node", "in", "gates", "drops", "queued", "state")
        return ask_as(self.host, 0, {"do": "graph"}), [
            [entry[key] for key in counts] for entry in report["nodes"]
        ]


@pytest.fixture
def in_realm(fphost: Path, make_module: MakeModule, open_directory: Path) -> Iterator[Realm]:
    """A host whose packets have all gone through, and files that tempt."""
    (open_directory / "link").symlink_to("/etc/passwd")
    (open_directory / "secret").write_text("root's")
    (open_directory / "secret").chmod(0o600)
    os.mkfifo(open_directory / "pipe")
    module = make_module(PASS).read_bytes()
    with running(fphost, realm(open_directory), open_directory) as host:
        for name in ("drop-x", "b.out", "out-y"):
            host.wait_for(name, 64)
        yield Realm(host, module, open_directory)


def check_refused(realm: Realm, uid: int, name: str, thing: Forbidden) -> None:
    """`uid` gets the reason that is right for it, and so does the operator's log; nothing else happens."""
    before = realm.state()
    said = len(realm.host.events)
    reason = {
        BOB: 'user 61002 is not one of tenant "a"',
        STRANGER: "user 61009 has no rights here",
    }.get(uid, thing.reason)
    reply = realm.ask(uid, thing.request, thing.module)
    assert reply["ok"] is False, (name, reply)
    assert reason in reply["error"], name
    event = realm.host.events[said]
    assert event["event"] == "refused"
    assert (event["uid"], event["pid"], event["reason"]) == (uid, os.getpid(), reply["error"])
    known = uid != STRANGER
    assert (event["tenant"], event["request"]) == (("a", "update") if known else (None, "")), name
    assert realm.state() == before, name


# What only the kernel refuses, once the tenant has the right to a module.
NEEDS_RIGHT = {"arguments by a link", "arguments of another", "a named pipe"}


@pytest.mark.parametrize("uid", [ANN, BOB, STRANGER, OPERATOR])
def test_what_a_tenant_may_not_do_nobody_does_in_its_name(in_realm: Realm, uid: int) -> None:
    """The operator acting for a tenant is held to the tenant's rights."""
    for name, thing in BY_TENANT.items():
        if name not in NEEDS_RIGHT:
            check_refused(in_realm, uid, name, thing)


@pytest.mark.parametrize("uid", [ANN, BOB, STRANGER, OPERATOR])
def test_files_are_opened_with_the_rights_of_who_asks(in_realm: Realm, uid: int) -> None:
    """A right to a path is not enough: the user must be able to open it, and without a link on the way."""
    graph = realm(in_realm.directory, [hashlib.sha256(in_realm.module).hexdigest()])
    assert in_realm.ask(ROOT, {"do": "update", "graph": graph}) == {"ok": True}
    for name in sorted(NEEDS_RIGHT):
        check_refused(in_realm, uid, name, BY_TENANT[name])
    assert (in_realm.directory / "secret").read_text() == "root's"


OPERATORS_ONLY: dict[str, tuple[Json, str]] = {
    "stop": ({"do": "stop"}, "only the operator stops fphost"),
    "steer": ({"do": "steer", "node": "in-a", "workers": [0]}, "only the operator says which worker"),
    "graph": ({"do": "update", "graph": {}}, "only the operator replaces the whole graph"),
    "graph for a tenant": ({"do": "update", "graph": {}, "tenant": "a"}, 'either "graph" or "tenant"'),
}


@pytest.mark.parametrize("uid", [ANN, BOB, STRANGER])
def test_what_is_the_operators(in_realm: Realm, uid: int) -> None:
    for name, (request, reason) in OPERATORS_ONLY.items():
        before = in_realm.state()
        reply = in_realm.ask(uid, request)
        assert reply["ok"] is False
        assert ("has no rights here" if uid == STRANGER else reason) in reply["error"], name
        assert in_realm.host.events[-1]["event"] == "refused"
        assert in_realm.state() == before


@pytest.mark.parametrize("what", ["report", "graph", "dance"])
def test_a_stranger_is_told_nothing(in_realm: Realm, what: str) -> None:
    assert in_realm.ask(STRANGER, {"do": what}) == {"ok": False, "error": "user 61009 has no rights here"}


def test_a_clash_of_files_does_not_tell_what_a_tenant_may_not_see(in_realm: Realm) -> None:
    """Two links to one place in a directory of root's: the reply is the same whether that is there or not."""
    hidden = in_realm.directory / "hidden"
    hidden.mkdir(mode=0o700)
    (hidden / "there").mkdir()
    nodes = [node(f"a.{name}", "mirror", path=f"DIRECTORY/{name}") for name in ("one", "two")]
    edges = [edge("src-policy", "a.one"), edge("a.one", "a.two"), edge("a.two", "out-y")]
    replies = []
    for place in ("there", "nowhere"):
        for name in ("one", "two"):
            (in_realm.directory / name).unlink(missing_ok=True)
            (in_realm.directory / name).symlink_to(hidden / place / "file")
        replies.append(in_realm.ask(ANN, changed(nodes, edges))["error"])
    assert replies[0] == replies[1] and "symbolic links" in replies[0]
