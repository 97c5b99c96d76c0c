"""What a graph's file says of access is what the host is told; anything else is an error with its place."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fpcc.errors import InputError
from fpcc.serve_graph import load_graph
from tests.graph.as_toml import Json, graph_as_toml, show
from tests.host.access.users import edge
from tests.host.engine.graphs import node

TENANTS = ("ops", "a", "b")
KINDS = ("input", "output", "module", "counter", "mirror", "drop", "filter")
NODES = ("in", "one", "two", "out")

texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
numbers = st.integers(1, 1 << 40)
users = st.lists(st.integers(0, (1 << 32) - 2), max_size=3)
some_tenants = st.lists(st.sampled_from(TENANTS), max_size=3)
LIMITS = ("max_weight", "max_buffers", "max_nodes", "max_heap_bytes", "max_budget_us", "max_init_budget_us")
rights = st.fixed_dictionaries(
    {"uids": users},
    optional={
        "kinds": st.lists(st.sampled_from(KINDS), max_size=4),
        **{key: st.lists(texts, max_size=3) for key in ("ports", "files", "modules")},
        "workers": st.lists(st.integers(0, 1), min_size=1, max_size=2),
        **dict.fromkeys(LIMITS, numbers),
        "read": st.lists(st.sampled_from(("own", "all", *TENANTS)), max_size=3),
    },
)
rules = st.lists(st.sampled_from(NODES), min_size=2, max_size=2, unique=True).map(
    lambda names: {"from": names[0], "through": names[1]}
)
access = st.fixed_dictionaries(
    {},
    optional={
        "operators": st.lists(st.integers(0, (1 << 32) - 2), min_size=1, max_size=3),
        "verifier": st.lists(texts, min_size=1, max_size=3),
        "mandatory": st.lists(rules, min_size=1, max_size=3),
        "tenants": st.dictionaries(st.sampled_from(TENANTS), rights, min_size=1),
    },
)
marks = st.fixed_dictionaries(
    {},
    optional={
        "locked": st.booleans(),
        "accept": some_tenants,
        "open_to": st.dictionaries(st.integers(0, 63).map(str), some_tenants, max_size=3),
    },
)
edge_marks = st.fixed_dictionaries({}, optional={"locked": st.just(True)})


@st.composite
def graphs(draw: st.DrawFn) -> Json:
    """A chain of four nodes, with all there is to say of access."""
    ends = zip(NODES, NODES[1:], strict=False)
    return {
        "cores": [0, 0],
        "tenants": [{"name": name} for name in TENANTS],
        "nodes": [
            node("in", "input", type="pool", packets=1) | draw(marks),
            node("one", "counter") | draw(marks),
            node("two", "counter", tenant="b") | draw(marks),
            node("out", "output", tenant="ops", type="null") | draw(marks),
        ],
        "edges": [
            *(edge(source, target, **draw(edge_marks)) for source, target in ends),
            edge("one", "out", default=True),
        ],
        "access": draw(access),
    }


def load(text: str) -> Json:
    """As the host would be sent it."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "graph.toml")
        path.write_text(text)
        return load_graph(path).graph.to_host({}, allow_unverified=False)


@settings(max_examples=200)
@given(graphs())
def test_what_the_file_says_is_what_the_host_is_told(graph: Json) -> None:
    told = load(graph_as_toml(graph))
    expected = dict(graph)
    if not graph["access"]:
        del expected["access"]
    assert told == expected | {"allow_unverified": False}


WHERE = re.compile(r"graph\.toml:\d+: \S")
anything = st.one_of(
    st.none().map(lambda _: "1979-05-27"),
    st.recursive(
        st.one_of(
            st.booleans(),
            st.integers(-(1 << 70), 1 << 70),
            st.floats(allow_nan=False, allow_infinity=False),
            texts,
        ),
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
        max_leaves=5,
    ).map(lambda value: _as_toml(value)),
)


def _as_toml(value: Any) -> str:
    return "1e400" if value == float("inf") else "-1e400" if value == float("-inf") else show(value)


@settings(max_examples=400)
@given(graphs(), st.data())
def test_any_other_value_is_an_error_with_its_place(graph: Json, data: st.DataObject) -> None:
    """Of any key; a file that happens to be right all the same is taken."""
    lines = graph_as_toml(graph).split("\n")
    keys = [i for i, line in enumerate(lines) if " = " in line]
    at = data.draw(st.sampled_from(keys))
    lines[at] = f"{lines[at].split(' = ')[0]} = {data.draw(anything)}"
    try:
        load("\n".join(lines))
    except InputError as error:
        assert WHERE.search(str(error)), error
