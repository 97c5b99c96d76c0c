"""The graph of a soak, as a value: two workers, four tenants, and what may change of it.

in -> branch -(tcp)-> firewall -> red.moody [-> red.count] -> red.out
             -(icmp)-> sample -> spare
             -(else)-> blue.monitor -> blue.lb -> blue.out
green.in -> green.policer -> green.out
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bench.host.plane import ENDLESS, Json, node
from bench.soak.materials import Materials, Module

MODULES = {
    "branch": ("edge", "branch"),
    "firewall": ("edge", "firewall"),
    "red.moody": ("red", "moody"),
    "blue.monitor": ("blue", "monitor"),
    "blue.lb": ("blue", "lb"),
    "green.policer": ("green", "policer"),
}
"""Nodes of kind module: tenant and NF."""

TENANTS = ("edge", "red", "blue", "green")
WORKERS = ((0,), (1,), (0, 1))
HEAP = 1 << 23
BUDGET_US = 3000
MOST_WEIGHT = 10  # that tenant red may have
_PATHS = (
    ("in", 0, "branch"),
    ("branch", 0, "firewall"),
    ("branch", 1, "sample"),
    ("branch", 2, "blue.monitor"),
    ("sample", 0, "spare"),
    ("firewall", 0, "red.moody"),
    ("blue.monitor", 0, "blue.lb"),
    ("blue.lb", 0, "blue.out"),
    ("green.in", 0, "green.policer"),
    ("green.policer", 0, "green.out"),
)


@dataclass(frozen=True)
class Scene:
    """What may change."""

    build: Mapping[str, int]  # of each module node
    weight: Mapping[str, int]
    buffers: Mapping[str, int]
    lone: tuple[int, ...]  # the workers of tenant green
    temper: int  # the moody NF's argument file
    policy: str  # what follows its faults
    mirrored: bool  # whether the sample goes to a file
    counted: bool  # whether red.count is there


FIRST = Scene(
    dict.fromkeys(MODULES, 0),
    dict.fromkeys(TENANTS, 1),
    dict.fromkeys(TENANTS, 1024),
    WORKERS[2],
    0,
    "restart",
    True,
    False,
)

# Nothing of the soak is there: what is left then, nobody will ever let go of.
REST: Json = {
    "cores": [0, 1],
    "tenants": [{"name": "rest", "buffers": 128, "workers": [0]}],
    "nodes": [
        node("rest.in", "input", "rest", type="pool", packets=1, count=1),
        node("rest.end", "drop", "rest"),
    ],
    "edges": [{"from": "rest.in", "to": "rest.end"}],
}


@dataclass(frozen=True)
class Staging:
    """A graph as a request has it: its modules are files that go along."""

    graph: Json
    files: tuple[int, ...]


def stage(scene: Scene, materials: Materials, kept: frozenset[str] = frozenset()) -> Staging:
    """`kept` are nodes of which the host is only told to leave them as they are."""
    modules = {name: find_module(scene, materials, name) for name in MODULES if name not in kept}
    files = tuple(dict.fromkeys(module.sealed for module in modules.values()))
    sealed = {name: files.index(module.sealed) for name, module in modules.items()}
    graph = {
        "cores": [0, 1],
        "tenants": [_tenant(scene, name) for name in TENANTS],
        "nodes": [*_plain_nodes(scene, materials), *_module_nodes(scene, materials, sealed)],
        "edges": list(_edges(scene)),
        "access": {"tenants": {"red": _grant(materials)}},
    }
    return Staging(graph, files)


def find_module(scene: Scene, materials: Materials, name: str) -> Module:
    return materials.builds[MODULES[name][1]][scene.build[name]]


def stage_red(scene: Scene, materials: Materials, **more: Any) -> Staging:
    """The request by which tenant red, or the operator for it, says what it wants to have."""
    whole = stage(scene, materials, frozenset(MODULES) - {"red.moody"})
    request = {
        "do": "update",
        "tenant": "red",
        "nodes": [entry for entry in whole.graph["nodes"] if entry["tenant"] == "red"],
        "edges": [entry for entry in whole.graph["edges"] if entry["from"].startswith("red.")],
        "weight": scene.weight["red"],
        "buffers": scene.buffers["red"],
    }
    return Staging(request | more, whole.files)


def _tenant(scene: Scene, name: str) -> Json:
    workers = {"workers": list(scene.lone)} if name == "green" else {}
    return {"name": name, "weight": scene.weight[name], "buffers": scene.buffers[name], **workers}


def _plain_nodes(scene: Scene, materials: Materials) -> Iterator[Json]:
    pool: Json = {"type": "pool", "packets": ENDLESS}
    yield node("in", "input", "edge", **pool, pcap=str(materials.traffic))
    yield node("green.in", "input", "green", scene.lone[0], **pool, count=256)
    for tenant, worker in (("red", 1), ("blue", 0)):
        yield node(f"{tenant}.out", "output", tenant, worker, type="null")
    yield node("green.out", "output", "green", scene.lone[-1], type="null")
    yield node("spare", "drop", "edge")
    if scene.mirrored:
        yield node("sample", "mirror", "edge", path=str(materials.directory / "sample.pcap"))
    else:
        yield node("sample", "counter", "edge")
    if scene.counted:
        yield node("red.count", "counter", "red")


def _module_nodes(scene: Scene, materials: Materials, sealed: Mapping[str, int]) -> Iterator[Json]:
    for name, (tenant, function) in MODULES.items():
        options = {
            "module": str(find_module(scene, materials, name).path),
            **({"sealed": sealed[name]} if name in sealed else {"keep": True}),
            **_settings(scene, materials, function),
        }
        yield {"name": name, "tenant": tenant, "kind": "module", "options": options}


def _settings(scene: Scene, materials: Materials, function: str) -> Json:
    settings: Json = {"heap_bytes": HEAP}
    if function in materials.args:
        settings["args"] = str(materials.args[function])
    if function == "moody":
        settings["args"] = str(materials.tempers[scene.temper])
        settings |= {"policy": scene.policy, "budget_us": BUDGET_US}
    return settings


def _edges(scene: Scene) -> Iterator[Json]:
    for source, gate, target in _PATHS:
        yield {"from": source, "gate": gate, "to": target}
    ways = ["red.moody", *(["red.count"] if scene.counted else []), "red.out"]
    for source, target in zip(ways, ways[1:], strict=False):
        yield {"from": source, "gate": 0, "to": target}


def _grant(materials: Materials) -> Json:
    """What red's part of the graph needs, and no more."""
    return {
        "uids": [],
        "kinds": ["module", "counter", "output"],
        "ports": ["null"],
        "files": [f"{materials.directory}/*"],
        "modules": [module.digest for module in materials.builds["moody"]],
        "max_weight": MOST_WEIGHT,
        "max_buffers": 4096,
        "max_heap_bytes": 2 * HEAP,
    }
