"""Traces and taps show what packets hold: only of nodes that who asks may read; of others not the name."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.host.access.users import ANN, BOB, OPERATOR, ROOT, STRANGER, acting_as, ask_as, realm
from tests.host.engine.graphs import Json, Running, running
from tests.host.run.capture_files import read_capture

ENDLESS = 1 << 40


def endless(directory: Path, **access: object) -> Json:
    """The realm, whose packets do not end."""
    wanted = realm(directory, **access)
    for entry in wanted["nodes"]:
        if entry["kind"] == "input":
            entry["options"]["packets"] = ENDLESS
    return wanted


@pytest.fixture
def host(fphost: Path, open_directory: Path) -> Iterator[Running]:
    with running(fphost, endless(open_directory), open_directory) as service:
        yield service


def trace_as(host: Running, uid: int, **request: object) -> list[Json]:
    """The packets of a trace of a user's."""
    reply = ask_as(host, uid, {"do": "trace", "timeout_ms": 600_000, **request})
    assert reply["ok"], reply
    while not (found := ask_as(host, uid, {"do": "traced", "trace": reply["trace"]}))["finished"]:
        time.sleep(0.01)
    packets: list[Json] = found["packets"]
    return packets


def tap_as(host: Running, uid: int, node: str, file: Path) -> Json:
    """A tap to a file that the user has opened."""
    with socket.socket(socket.AF_UNIX) as connection:
        with acting_as(uid):
            connection.connect(str(host.control))
            fd = os.open(file, os.O_WRONLY | os.O_CREAT)
        socket.send_fds(connection, [json.dumps({"do": "tap", "node": node}).encode()], [fd])
        os.close(fd)
        connection.shutdown(socket.SHUT_WR)
        return dict(json.loads(b"".join(iter(lambda: connection.recv(65536), b""))))


def check_refused(host: Running, uid: int, reply: Json, request: str, reason: str) -> None:
    assert reply == {"ok": False, "error": reason}
    event = host.events[-1]
    assert (event["event"], event["uid"], event["request"], event["reason"]) == (
        "refused", uid, request, reason,
    )  # fmt: skip


def test_a_tenant_follows_its_packets_as_far_as_it_may_read(host: Running) -> None:
    """in-a and fixed are tenant a's, out-y is the operator's."""
    for packet in trace_as(host, ANN, count=64):
        own, fixed, hidden = packet["hops"]
        assert (own["node"], own["fate"], own["to"]) == ("in-a", "passed", "fixed")
        assert (fixed["node"], fixed["fate"], fixed["gate"]) == ("fixed", "copied", 0)
        assert "to" not in fixed
        assert hidden == {"tenant": None}


def test_nodes_of_others_are_one_line_however_many(host: Running) -> None:
    """b's user may read a, not the operator, whose two nodes come before."""
    wanted = endless(host.control.parent)
    wanted["nodes"].append({"name": "a.last", "tenant": "a", "kind": "counter", "options": {}})
    wanted["edges"] = [e for e in wanted["edges"] if e["from"] != "src-policy"] + [
        {"from": "src-policy", "gate": 0, "to": "a.last"},
        {"from": "a.last", "gate": 0, "to": "drop-x"},
    ]
    assert ask_as(host, ROOT, {"do": "update", "graph": wanted}) == {"ok": True}
    packet = trace_as(host, OPERATOR, node="in-x")[0]
    assert [hop["node"] for hop in packet["hops"]] == ["in-x", "src-policy", "a.last", "drop-x"]
    (last, hidden) = trace_as(host, ANN, node="a.last")[0]["hops"]
    assert (last["node"], hidden) == ("a.last", {"tenant": None})
    assert "in_gate" not in last
    wanted["access"]["tenants"]["b"]["read"] = ["a"]
    assert ask_as(host, ROOT, {"do": "update", "graph": wanted}) == {"ok": True}
    assert {p["hops"][0]["node"] for p in trace_as(host, BOB, count=64)} == {"in-a"}


@pytest.mark.parametrize(("uid", "node"), [(ANN, "in-x"), (ANN, "b.in"), (ANN, "none"), (BOB, "out-y")])
def test_what_is_not_read_is_neither_traced_nor_tapped(
    host: Running, open_directory: Path, uid: int, node: str
) -> None:
    """The same answer whether there is such a node or not."""
    reason = f'there is no node "{node}" that user {uid} may see'
    check_refused(host, uid, ask_as(host, uid, {"do": "trace", "node": node}), "trace", reason)
    open_directory.chmod(0o777)
    check_refused(host, uid, tap_as(host, uid, node, open_directory / "x.pcap"), "tap", reason)
    assert (open_directory / "x.pcap").stat().st_size == 0


def test_who_may_not_read_even_its_own_has_no_trace(fphost: Path, open_directory: Path) -> None:
    tenants = {"a": {"uids": [ANN], "read": []}}
    with running(fphost, endless(open_directory, tenants=tenants), open_directory) as host:
        reason = f"there is no input that user {ANN} may see; name a node the trace begins at"
        check_refused(host, ANN, ask_as(host, ANN, {"do": "trace"}), "trace", reason)
        stranger = ask_as(host, STRANGER, {"do": "trace"})
        assert stranger["error"] == f"user {STRANGER} has no rights here"


def test_a_trace_is_told_to_who_asked_only(host: Running) -> None:
    request = {"do": "trace", "filter": [[6, 0, 0, 0]], "timeout_ms": 600_000}
    numbers = [ask_as(host, ANN, request)["trace"] for _ in range(2)]
    for uid in (BOB, OPERATOR):
        reply = ask_as(host, uid, {"do": "traced", "trace": numbers[0], "end": True})
        check_refused(host, uid, reply, "traced", f"user {uid} has no trace {numbers[0]}")
    check_refused(
        host,
        ANN,
        ask_as(host, ANN, request),
        "trace",
        f"user {ANN} has 2 traces already, which is all a user may have",
    )
    assert ask_as(host, BOB, request)["ok"]


def test_a_tap_is_ended_by_who_has_it_or_by_the_operator(host: Running, open_directory: Path) -> None:
    for uid in (ANN, OPERATOR):
        file = open_directory / f"{uid}.pcap"
        assert tap_as(host, ANN, "fixed", file) == {"ok": True}
        assert file.stat().st_uid == ANN
        for other in (BOB, STRANGER):
            assert ask_as(host, other, {"do": "untap", "node": "fixed"})["ok"] is False
        seen = {u: ask_as(host, u, {"do": "report"})["report"]["taps"] for u in (ANN, BOB, OPERATOR)}
        assert all(entry["uid"] == ANN for taps in seen.values() for entry in taps if taps)
        assert [len(seen[u]) for u in (ANN, BOB, OPERATOR)] == [1, 1, 1]
        while (tap := ask_as(host, uid, {"do": "untap", "node": "fixed"})["tap"])["state"] == "ending":
            time.sleep(0.01)
        assert len(read_capture(file)) == tap["written"]


def test_a_tap_ends_with_the_right_to_it(host: Running, open_directory: Path) -> None:
    """An update takes from b's user what it could read: nothing more is written for it."""
    open_directory.chmod(0o777)
    assert tap_as(host, BOB, "fixed", open_directory / "b.pcap") == {"ok": True}
    assert tap_as(host, ANN, "in-a", open_directory / "a.pcap") == {"ok": True}
    wanted = endless(open_directory)
    wanted["access"]["tenants"]["b"]["read"] = ["own"]
    assert ask_as(host, ROOT, {"do": "update", "graph": wanted}) == {"ok": True}
    taps = {entry["node"]: entry["state"] for entry in ask_as(host, ROOT, {"do": "report"})["report"]["taps"]}
    assert taps["in-a"] == "running"
    assert taps["fixed"] in ("ending", "ended")


def test_a_users_taps_are_few(host: Running, open_directory: Path) -> None:
    """Four at a time, so that the others have some."""
    wanted = endless(open_directory)
    names = [f"a.{i}" for i in range(5)]
    wanted["nodes"] += [{"name": name, "tenant": "a", "kind": "counter", "options": {}} for name in names]
    chain = ["fixed", *names, "out-y"]
    wanted["edges"] = [e for e in wanted["edges"] if e["from"] != "fixed"] + [
        {"from": a, "gate": 0, "to": b} for a, b in zip(chain, chain[1:], strict=False)
    ]
    assert ask_as(host, ROOT, {"do": "update", "graph": wanted}) == {"ok": True}
    replies = [tap_as(host, ANN, name, open_directory / name) for name in names]
    assert [reply["ok"] for reply in replies] == [True] * 4 + [False]
    check_refused(
        host, ANN, replies[-1], "tap", f"user {ANN} has 4 taps already, which is all a user may have"
    )
