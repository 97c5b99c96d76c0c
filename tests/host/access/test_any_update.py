"""Whatever tenants ask for, in whatever order: no rule is broken, and nothing of others is touched."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.host.access.paths import broken
from tests.host.access.test_mandatory import IN_A, OUT, owned
from tests.host.access.users import ANN, BOB, ROOT, Json, ask_as, edge, update
from tests.host.engine.graphs import node, running

OTHERS = "in-x src-policy drop-x out-y in-a fixed own-in first second own-out b.in b.out".split()
KEPT = {
    "a": [IN_A, OUT],
    "b": [
        node("b.in", "input", tenant="b", type="pool", packets=64, count=64),
        node("b.out", "output", tenant="b", type="null"),
    ],
}
"""What each has besides locked nodes."""

gates = st.integers(0, 2)
kinds = st.sampled_from(["counter"] * 5 + ["drop", "output"])
others = st.sampled_from(OTHERS)
ways = st.sampled_from([["first", "second"]] * 6 + [["second", "first"], ["first"], ["second"], []])


def names_of(tenant: str) -> st.SearchStrategy[str]:
    """Of nodes a tenant may make up."""
    return st.sampled_from([f"{tenant}.{number}" for number in range(3)])


def chain(names: list[str], gate: int = 0) -> list[Json]:
    """Edges from each to the next; `gate` is the first one's."""
    ends = zip(names, names[1:], strict=False)
    return [edge(source, target, 0 if i else gate) for i, (source, target) in enumerate(ends)]


@st.composite
def ways_of_a(draw: st.DrawFn) -> list[Json]:
    """Tenant a's way through the policies, mostly as it should be."""
    own = names_of("a")
    stray = st.lists(own, max_size=draw(st.sampled_from([0, 0, 0, 1])))
    policies, before, between = draw(ways), draw(stray), draw(stray)
    after = draw(st.lists(own, max_size=2, unique=True))
    way = ["own-in", *before, *policies[:1], *between, *policies[1:], *after, "own-out"]
    return [*chain(way), edge("fixed", "out-y")]


@st.composite
def requests_of(draw: st.DrawFn, tenant: str) -> Json:
    """A way, branches off it, and now and then anything at all; and the nodes that takes."""
    edges = draw(ways_of_a()) if tenant == "a" else [edge("b.in", "b.out")]
    for _ in range(draw(st.integers(0, 2))):
        source = draw(st.one_of(others, names_of(tenant)))
        ends = draw(st.sampled_from(["out-y", "out-y", "out-y", "own-out", "b.out"]))
        edges += chain([source, draw(names_of(tenant)), ends], draw(gates))
    if draw(st.integers(0, 4)) == 0:
        edges.append(edge(draw(others), draw(others), draw(gates)))
    edges = list({(entry["from"], entry["gate"]): entry for entry in edges}.values())
    named = sorted({entry[end] for entry in edges for end in ("from", "to")})
    passing = {entry["from"] for entry in edges} if draw(st.booleans()) else set()
    made = [name for name in named if name.startswith(f"{tenant}.") and name not in ("b.in", "b.out")]
    nodes = [_make(name, "counter" if name in passing else draw(kinds), tenant) for name in made]
    if draw(st.integers(0, 4)) == 0:
        nodes.append(_make(draw(others), draw(kinds), tenant))
    return update(tenant, [*KEPT[tenant], *nodes], edges)


def _make(name: str, kind: str, tenant: str) -> Json:
    options = {"type": "null"} if kind == "output" else {}
    return node(name, kind, tenant=tenant, **options)


@st.composite
def plain_requests(draw: st.DrawFn) -> Json:
    """Without noise: own nodes anywhere on the way, the policies in some order, perhaps a way off it."""
    own = draw(st.lists(names_of("a"), max_size=2, unique=True))
    policies = draw(ways)
    way = policies + own if draw(st.booleans()) else draw(st.permutations(policies + own))
    edges = [*chain(["own-in", *way, "own-out"]), edge("fixed", "out-y")]
    left_out = [name for name in ("first", "second") if name not in way]
    edges += [edge(name, "own-out") for name in left_out]
    if draw(st.booleans()):
        edges.append(edge(draw(st.sampled_from(["own-in", *way, *left_out])), "out-y", 1))
    return update("a", [*KEPT["a"], *(_make(name, "counter", "a") for name in own)], edges)


plain = st.tuples(st.just(ANN), plain_requests())
by_ann = st.tuples(st.just(ANN), requests_of("a"))
by_bob = st.tuples(st.just(BOB), requests_of("b"))
requests = st.one_of(plain, by_ann, by_ann, by_bob)


def parts(graph: Json, tenant: str) -> list[Json]:
    """What the others have."""
    return [entry for entry in graph["nodes"] if entry["tenant"] != tenant]


def locked(graph: Json) -> list[Json]:
    fixed = ("in-x", "src-policy", "own-in", "first", "second", "fixed")
    found = [entry for entry in graph["nodes"] if entry["name"] in fixed]
    fixed_edges = [entry for entry in graph["edges"] if entry.get("locked")]
    return sorted(found, key=lambda entry: str(entry["name"])) + fixed_edges


class Tally:
    accepted = 0
    refused = 0


def test_no_sequence_of_updates_breaks_a_rule(fphost: Path) -> None:
    tally = Tally()
    directory = Path(tempfile.mkdtemp(prefix="fastpaas-access-"))
    directory.chmod(0o755)
    first = owned(directory)
    with running(fphost, first, directory) as host:

        @settings(max_examples=150, deadline=None)
        @given(st.lists(requests, min_size=1, max_size=6))
        def check(sequence: list[tuple[int, Json]]) -> None:
            assert ask_as(host, ROOT, {"do": "update", "graph": first})["ok"]
            before = ask_as(host, ROOT, {"do": "graph"})["graph"]
            for uid, request in sequence:
                reply = ask_as(host, uid, request)
                after = ask_as(host, ROOT, {"do": "graph"})["graph"]
                tally.accepted += reply["ok"]
                tally.refused += not reply["ok"]
                assert broken(after) == []
                assert locked(after) == locked(before)
                assert parts(after, request["tenant"]) == parts(before, request["tenant"])
                assert reply["ok"] or after == before
                before = after

        check()
        host.finish()
    shutil.rmtree(directory)
    assert tally.accepted > 30, "hardly any update was accepted: nothing was shown"
    assert tally.refused > 30, "hardly any update was refused: nothing was tried"
    print(f"accepted {tally.accepted}, refused {tally.refused}")
