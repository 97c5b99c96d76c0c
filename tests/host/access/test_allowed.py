"""What tenants may do, done; and what each of them sees of it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import stat
import subprocess
from pathlib import Path

import pytest

from tests.host.access.users import (
    ANN,
    BOB,
    OPERATOR,
    OWN_EDGES,
    OWN_NODES,
    ROOT,
    STRANGER,
    Json,
    acting_as,
    ask_as,
    counter,
    edge,
    realm,
    update,
)
from tests.host.engine.graphs import Running, node, running
from tests.host.run.capture_files import read_capture
from tests.host.run.conftest import MakeModule
from tests.host.run.sources import PASS, process

LOGS_ONCE = process('if (call == 1) fp_log(2, "first", 5);')


def graph_of(host: Running, uid: int = ROOT) -> Json:
    return dict(ask_as(host, uid, {"do": "graph"})["graph"])


def links(graph: Json) -> set[tuple[str, int, str]]:
    return {(entry["from"], entry.get("gate", 0), entry["to"]) for entry in graph["edges"]}


def test_a_tenant_builds_and_withdraws_its_part(
    fphost: Path, make_module: MakeModule, open_directory: Path
) -> None:
    """What passed the policy comes to the tenant's module while it is there, else goes the default way."""
    data = make_module(PASS).read_bytes()
    rights = realm(open_directory, [hashlib.sha256(data).hexdigest()])
    rights["nodes"][0]["options"]["packets"] = 1 << 40
    args = open_directory / "args"
    args.write_text("mine")
    args.chmod(0o600)
    os.chown(args, ANN, ANN)
    nodes = [
        *OWN_NODES,
        node("a.nf", "module", module="nf", sealed=0, heap_bytes=1 << 20, args=str(args)),
        node("a.copy", "mirror", path=f"{open_directory}/copy.pcap"),
        counter("a.end"),
    ]
    edges = [
        *OWN_EDGES,
        edge("src-policy", "a.nf"),
        edge("a.nf", "a.copy"),
        edge("a.copy", "a.end"),
        edge("a.end", "out-y"),
    ]
    with running(fphost, rights, open_directory) as host:
        before = graph_of(host)
        assert ask_as(host, ANN, update("a", nodes, edges, weight=10, buffers=2048), data) == {"ok": True}
        host.wait_for("a.end", 100)
        assert ("src-policy", 0, "a.nf") in links(graph_of(host))
        (made,) = [entry for entry in graph_of(host)["nodes"] if entry["name"] == "a.nf"]
        assert made["by"] == {"uid": ANN, "gid": ANN}
        assert made["options"]["digest"] == hashlib.sha256(data).hexdigest()
        assert ask_as(host, ANN, update("a", OWN_NODES, OWN_EDGES)) == {"ok": True}
        after = graph_of(host)
        assert links(after) == links(before)
        assert sorted(map(json.dumps, after["nodes"])) == sorted(map(json.dumps, before["nodes"]))
        gone = host.report().counts("drop-x")["in"]
        host.wait_for("drop-x", gone + 100)
        host.finish()
    copy = os.stat(open_directory / "copy.pcap")
    assert (copy.st_uid, copy.st_gid) == (ANN, ANN)
    assert len(read_capture(open_directory / "copy.pcap")) >= 100


def test_what_a_tenant_sees_it_may_send_back(
    fphost: Path, make_module: MakeModule, open_directory: Path
) -> None:
    """Modules are then spoken of by digest; those of others are not to be had that way."""
    data = make_module(PASS).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    wanted = realm(open_directory, [digest])
    wanted["access"]["tenants"]["b"] |= {"kinds": ["module"], "modules": [digest], "max_heap_bytes": 1 << 30}
    nodes = [*OWN_NODES, node("a.nf", "module", module="nf", sealed=0, heap_bytes=1 << 20)]
    edges = [*OWN_EDGES, edge("src-policy", "a.nf"), edge("a.nf", "out-y")]
    with running(fphost, wanted, open_directory) as host:
        assert ask_as(host, ANN, update("a", nodes, edges), data)["ok"]
        seen = graph_of(host, ANN)
        mine = [entry for entry in seen["nodes"] if entry["tenant"] == "a"]
        mine_edges = [
            entry for entry in seen["edges"] if entry["from"] in ("src-policy", "a.nf", "in-a", "fixed")
        ]
        assert ask_as(host, ANN, update("a", mine, mine_edges)) == {"ok": True}
        assert links(graph_of(host)) == links(graph_of(host, ROOT))
        stolen = [
            node("b.in", "input", tenant="b", type="pool", packets=64, count=64),
            node("b.out", "output", tenant="b", type="null"),
            node("b.nf", "module", module="nf", digest=digest),
        ]
        reply = ask_as(host, BOB, update("b", stolen, [edge("b.in", "b.nf"), edge("b.nf", "b.out")]))
        assert "tenant b runs no module with digest" in reply["error"]
        host.finish()


def test_a_change_of_one_leaves_the_others_modules_alone(
    fphost: Path, make_module: MakeModule, open_directory: Path
) -> None:
    """Neither a new instance nor another look at its files: the second argument file is never read."""
    args = open_directory / "ops.args"
    args.write_text("1")
    wanted = realm(open_directory)
    wanted["nodes"][6]["options"]["packets"] = 1 << 40
    nf = node("b.nf", "module", tenant="b", module=str(make_module(LOGS_ONCE)), args=str(args))
    wanted["nodes"].append(nf)
    wanted["edges"][-1:] = [edge("b.in", "b.nf"), edge("b.nf", "b.out")]
    wanted |= {"allow_unverified": True}
    with running(fphost, wanted, open_directory) as host:
        host.wait_for("b.out", 100)
        args.write_text("2")
        for count in range(3):
            nodes = [*OWN_NODES, counter(f"a.{count}")]
            edges = [*OWN_EDGES, edge("src-policy", f"a.{count}"), edge(f"a.{count}", "out-y")]
            assert ask_as(host, ANN, update("a", nodes, edges)) == {"ok": True}
        host.wait_for("b.out", host.report().counts("b.out")["in"] + 100)
        host.finish().check_accounts()
        assert [event["text"] for event in host.events if event["event"] == "log"] == ["first"]


def seen_nodes(host: Running, uid: int) -> dict[str, set[str]]:
    """What a user sees: nodes it has counters of, nodes in full, nodes in outline."""
    report = ask_as(host, uid, {"do": "report"})["report"]
    nodes = graph_of(host, uid)["nodes"]
    return {
        "counters": {entry["node"] for entry in report["nodes"]},
        "full": {entry["name"] for entry in nodes if "options" in entry},
        "outline": {entry["name"] for entry in nodes if "options" not in entry},
    }


def test_everybody_sees_what_it_may_read(fphost: Path, open_directory: Path) -> None:
    everything = {"in-x", "src-policy", "drop-x", "out-y", "in-a", "fixed", "b.in", "b.out"}
    of_a, of_b = {"in-a", "fixed"}, {"b.in", "b.out"}
    with running(fphost, realm(open_directory), open_directory) as host:
        for uid in (ROOT, OPERATOR):
            assert seen_nodes(host, uid) == {"counters": everything, "full": everything, "outline": set()}
        assert seen_nodes(host, ANN) == {"counters": of_a, "full": of_a, "outline": {"src-policy", "out-y"}}
        assert seen_nodes(host, BOB) == {"counters": of_a | of_b, "full": of_a | of_b, "outline": {"out-y"}}
        assert "workers" not in ask_as(host, ANN, {"do": "report"})["report"]
        tenants = ask_as(host, ANN, {"do": "report"})["report"]["tenants"]
        assert {entry["tenant"] for entry in tenants} == {"a"}
        shown = graph_of(host, ANN)
        assert list(shown["access"]) == ["tenants"]
        assert list(shown["access"]["tenants"]) == ["a"]
        assert "operators" in graph_of(host)["access"]
        assert all({edge["from"], edge["to"]} & of_a for edge in shown["edges"])
        host.finish()


def test_who_may_read_all_sees_all(fphost: Path, open_directory: Path) -> None:
    wanted = realm(open_directory)
    wanted["access"]["tenants"]["b"]["read"] = ["all"]
    with running(fphost, wanted, open_directory) as host:
        assert seen_nodes(host, BOB)["counters"] == seen_nodes(host, ROOT)["counters"]
        assert "workers" in ask_as(host, BOB, {"do": "report"})["report"]
        wanted["access"]["tenants"]["b"]["read"] = []
        assert ask_as(host, OPERATOR, {"do": "update", "graph": wanted})["ok"]
        assert seen_nodes(host, BOB)["counters"] == set()
        host.finish()


def mode_of(host: Running) -> int:
    return stat.S_IMODE(os.stat(host.control).st_mode)


def test_the_socket_is_open_while_tenants_have_users(fphost: Path, open_directory: Path) -> None:
    wanted = realm(open_directory)
    without = {**wanted, "access": {}}
    with running(fphost, without, open_directory) as host:
        assert mode_of(host) == 0o600
        assert ask_as(host, ROOT, {"do": "update", "graph": wanted})["ok"]
        assert mode_of(host) == 0o666
        assert ask_as(host, STRANGER, {"do": "report"})["ok"] is False
        assert ask_as(host, ANN, {"do": "report"})["ok"]
        assert ask_as(host, OPERATOR, {"do": "update", "graph": without})["ok"]
        assert mode_of(host) == 0o600
        host.finish()


def test_the_operator_may_be_somebody_else(fphost: Path, open_directory: Path) -> None:
    """Then not even root is one."""
    wanted = realm(open_directory, operators=[OPERATOR])
    with running(fphost, wanted, open_directory) as host:
        assert "user 0 has no rights here" in ask_as(host, ROOT, {"do": "stop"})["error"]
        assert ask_as(host, OPERATOR, {"do": "stop"})["ok"]
        assert host.process.wait() == 0


CLIENT = """
import json, socket, sys
connection = socket.socket(socket.AF_UNIX)
connection.connect(sys.argv[1])
connection.sendall(json.dumps({"do": "report"}).encode())
connection.shutdown(socket.SHUT_WR)
print(json.dumps(sorted(entry["node"] for entry in json.load(connection.makefile())["report"]["nodes"])))
"""


def test_a_process_of_the_tenants_user(fphost: Path, open_directory: Path) -> None:
    """The same from outside: not a user id that this process takes for a moment, but a user's process."""
    python = shutil.which("python3", path="/usr/local/bin:/usr/bin:/bin")
    if python is None:
        pytest.skip("no Python that other users may run")
    with running(fphost, realm(open_directory), open_directory) as host:
        words = [python, "-I", "-c", CLIENT, str(host.control)]
        found = subprocess.run(
            words, user=ANN, group=ANN, extra_groups=[], capture_output=True, text=True, cwd="/"
        )
        assert found.stdout == '["fixed", "in-a"]\n', found
        host.finish()


def test_one_that_says_nothing_does_not_keep_the_others(fphost: Path, open_directory: Path) -> None:
    """A tenant that stops in the middle of a request loses its turn."""
    with (
        running(fphost, realm(open_directory), open_directory) as host,
        socket.socket(socket.AF_UNIX) as silent,
    ):
        with acting_as(ANN):
            silent.connect(str(host.control))
        silent.sendall(b'{"do": ')
        assert ask_as(host, ROOT, {"do": "report"})["ok"]
        assert b"did not come to its end in time" in silent.recv(65536)
        host.finish()
