"""What nobody but the operator may do, as requests of tenant a, each with the reason it is refused for."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.host.access.users import OWN_EDGES, OWN_NODES, Json, counter, edge, update
from tests.host.engine.graphs import node


@dataclass(frozen=True)
class Forbidden:
    """A request and the reason; `module` comes with it, sealed."""

    reason: str
    request: Json
    module: bool = field(default=False)


def changed(nodes: list[Json], edges: list[Json], **more: object) -> Json:
    """Tenant a's update: what it had, and more."""
    return update("a", [*OWN_NODES, *nodes], [*OWN_EDGES, *edges], **more)


def own(added: Json, *edges: Json) -> Json:
    """Tenant a's update with one more node, `a.n`, that packets of src-policy come to and out-y follows."""
    after = [] if added["kind"] in ("output", "drop", "input") else [edge("a.n", "out-y")]
    before = [] if added["kind"] == "input" else [edge("src-policy", "a.n")]
    return changed([added], [*before, *after, *edges])


def pcap(path: str) -> Json:
    return node("a.n", "output", type="pcap", path=path)


def module(**options: object) -> Json:
    return node("a.n", "module", module="nf", sealed=0, heap_bytes=1 << 20, **options)


STRUCTURE = {
    "another's node": Forbidden("nodes of tenant a", own(counter("a.n", "b"))),
    "another's name": Forbidden("node b.in is not of tenant a", changed([counter("b.in")], [])),
    "the operator's name": Forbidden(
        "node src-policy is not of tenant a", changed([counter("src-policy")], [])
    ),
    "a free name": Forbidden('begin with "a."', changed([counter("free")], [edge("src-policy", "free")])),
    "another's prefix": Forbidden('begin with "a."', changed([counter("b.x")], [edge("src-policy", "b.x")])),
    "locked node": Forbidden("node fixed is locked", changed([node("fixed", "drop")], [])),
    "locking": Forbidden('only the operator sets "locked"', own(counter("a.n") | {"locked": True})),
    "opening": Forbidden('only the operator sets "open_to"', own(counter("a.n") | {"open_to": {"0": ["b"]}})),
    "accepting": Forbidden('only the operator sets "accept"', own(counter("a.n") | {"accept": ["b"]})),
    "in root's name": Forbidden(
        'only the operator sets "by"', own(counter("a.n") | {"by": {"uid": 0, "gid": 0}})
    ),
    "unlocking": Forbidden(
        'only the operator sets "locked"', changed([counter("fixed") | {"locked": False}], [])
    ),
    "removing what others lead to": Forbidden(
        "node in-a must stay: the edge in-a -> fixed", update("a", [], OWN_EDGES)
    ),
    "locked edge": Forbidden(
        "gate 0 of in-a is locked: it leads to fixed", changed([], [edge("in-a", "out-y")])
    ),
    "locking an edge": Forbidden(
        'only the operator sets "locked"', changed([], [edge("fixed", "out-y", 1, locked=True)])
    ),
    "a default edge": Forbidden(
        'only the operator sets "default"', changed([], [edge("fixed", "out-y", 1, default=True)])
    ),
    "another's gate": Forbidden(
        "may not say where gate 0 of b.in leads", changed([], [edge("b.in", "fixed")])
    ),
    "a gate that is not open": Forbidden(
        "may not say where gate 3 of src-policy leads", changed([], [edge("src-policy", "fixed", 3)])
    ),
    "an open gate to another": Forbidden(
        "gate 1 of src-policy leads, but to nodes of its own", changed([], [edge("src-policy", "out-y", 1)])
    ),
    "into another's node": Forbidden(
        "node b.out accepts nothing from tenant a", changed([], [edge("fixed", "b.out", 1)])
    ),
    "the operator's locked gate": Forbidden(
        "gate 2 of src-policy", changed([], [edge("src-policy", "fixed", 2)])
    ),
    "no such node": Forbidden('there is no node "x"', changed([], [edge("fixed", "x", 1)])),
    "no way out": Forbidden("gate 0 leads nowhere", changed([counter("a.n")], [edge("src-policy", "a.n")])),
    "a circle": Forbidden(
        "in a circle",
        changed(
            [counter("a.n"), counter("a.m")],
            [edge("src-policy", "a.n"), edge("a.n", "a.m"), edge("a.m", "a.n")],
        ),
    ),
}

QUOTAS = {
    "weight": Forbidden("weight is 11; tenant a may have 10", changed([], [], weight=11)),
    "buffers": Forbidden("buffers is 4096; tenant a may have 2048", changed([], [], buffers=4096)),
    "workers": Forbidden("no right to it", changed([], [], workers=[1])),
    "nodes": Forbidden(
        "may have 6 nodes of its own",
        changed(
            [counter(f"a.{i}") for i in range(7)],
            [
                edge("src-policy", "a.0"),
                *(edge(f"a.{i}", f"a.{i + 1}") for i in range(6)),
                edge("a.6", "out-y"),
            ],
        ),
    ),
    "frames": Forbidden(
        "4096 frames; tenant a may have 2048",
        own(node("a.n", "input", type="pool", packets=1, count=4096), edge("a.n", "fixed")),
    ),
    "heap": Forbidden("more than the 4194304 it may have", own(module() | {}), module=True),
    "budget": Forbidden("budget_us is 10001", own(module(budget_us=10001)), module=True),
    "init budget": Forbidden("init_budget_us is 2000001", own(module(init_budget_us=2000001)), module=True),
}
QUOTAS["heap"].request["nodes"][-1]["options"]["heap_bytes"] = 1 << 23

FILES = {
    "port elsewhere": Forbidden('no right to port "pcap:/etc/passwd"', own(pcap("/etc/passwd"))),
    "port by a detour": Forbidden("no right to port", own(pcap("DIRECTORY/../passwd"))),
    "port below": Forbidden("no right to port", own(pcap("DIRECTORY/below/x.pcap"))),
    "frames of a file": Forbidden(
        'no right to port "pool:/etc/passwd"',
        own(node("a.n", "input", type="pool", packets=1, pcap="/etc/passwd"), edge("a.n", "fixed")),
    ),
    "port of another type": Forbidden(
        'no right to port "af_packet:lo"', own(node("a.n", "output", type="af_packet", interface="lo"))
    ),
    "port without a type": Forbidden("its port has no type", own(node("a.n", "output"))),
    "nested port options": Forbidden(
        "is no plain value", own(node("a.n", "output", type="pcap", path=["/etc/passwd"]))
    ),
    "mirror": Forbidden('no right to file "/etc/x.pcap"', own(node("a.n", "mirror", path="/etc/x.pcap"))),
    "mirror by a detour": Forbidden(
        "without . or ..", own(node("a.n", "mirror", path="DIRECTORY/../etc/x.pcap"))
    ),
    "relative mirror": Forbidden("an absolute path", own(node("a.n", "mirror", path="x.pcap"))),
    "arguments": Forbidden('no right to file "/etc/shadow"', own(module(args="/etc/shadow")), module=True),
    "fault capture": Forbidden('no right to file "/etc/x"', own(module(fault_capture="/etc/x")), module=True),
    "arguments by a link": Forbidden("symbolic links", own(module(args="DIRECTORY/link")), module=True),
    "arguments of another": Forbidden("Permission denied", own(module(args="DIRECTORY/secret")), module=True),
    "a named pipe": Forbidden("not a regular file", own(module(args="DIRECTORY/pipe")), module=True),
    "output by a link": Forbidden("symbolic links", own(pcap("DIRECTORY/link"))),
    "output over another's": Forbidden("Permission denied", own(pcap("DIRECTORY/secret"))),
}

MODULES = {
    "unknown module": Forbidden("no right to module", own(module()), module=True),
    "module by its path": Forbidden(
        "as a sealed file", own(node("a.n", "module", module="/bin/true", heap_bytes=4096))
    ),
    "module by a digest": Forbidden(
        "runs no module with digest", own(node("a.n", "module", module="nf", digest="0" * 64))
    ),
    "module that did not come": Forbidden("only 0 were sent", own(module())),
}

TRUST = {
    "trust": Forbidden("allow_unverified is not a known key", changed([], [], allow_unverified=True)),
    "protection": Forbidden("allow_unprotected is not a known key", changed([], [], allow_unprotected=True)),
    "rights": Forbidden("access is not a known key", changed([], [], access={})),
}

BY_TENANT: dict[str, Forbidden] = STRUCTURE | QUOTAS | FILES | MODULES | TRUST
