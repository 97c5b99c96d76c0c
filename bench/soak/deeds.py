"""What is asked of the host during a soak: good and bad requests, made by chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from bench.host.plane import Json
from bench.soak.materials import Materials
from bench.soak.scene import (
    MODULES,
    MOST_WEIGHT,
    TENANTS,
    WORKERS,
    Scene,
    Staging,
    find_module,
    stage,
    stage_red,
)
from fpcc.run_plan import POLICIES

GROUPS = 128  # flow groups of an input


@dataclass(frozen=True)
class Deed:
    """A request, what follows from it, and why it is refused, "" if it is not."""

    request: Json
    files: Sequence[int]
    after: Scene
    refused: str = ""


Maker = Callable[[Random, Scene, Materials], Deed]


def update(staging: Staging, after: Scene, refused: str = "") -> Deed:
    """The whole graph is replaced."""
    return Deed({"do": "update", "graph": staging.graph}, staging.files, after, refused)


def upgrade(chance: Random, scene: Scene, materials: Materials) -> Deed:
    """The other build of one module; all others are kept."""
    name = chance.choice([name for name, (_, nf) in MODULES.items() if len(materials.builds[nf]) > 1])
    after = replace(scene, build={**scene.build, name: 1 - scene.build[name]})
    return update(stage(after, materials, frozenset(MODULES) - {name}), after)


def restart(chance: Random, scene: Scene, materials: Materials) -> Deed:
    """Another argument file for the moody NF, so that it starts anew; and what follows its faults then."""
    policy = chance.choice(("restart", "restart", *POLICIES))
    after = replace(scene, temper=chance.randrange(len(materials.tempers)), policy=policy)
    return update(stage(after, materials), after)


def rewire(chance: Random, scene: Scene, materials: Materials) -> Deed:
    """A node more or less."""
    after = chance.choice(
        (replace(scene, counted=not scene.counted), replace(scene, mirrored=not scene.mirrored))
    )
    return update(stage(after, materials), after)


def change_tenants(chance: Random, scene: Scene, materials: Materials) -> Deed:
    """Another weight, other buffers, which make all nodes of a tenant anew, or other workers."""
    name = chance.choice(TENANTS)
    after = replace(
        scene,
        weight={**scene.weight, name: chance.randint(1, MOST_WEIGHT)},
        buffers={**scene.buffers, name: chance.choice((scene.buffers[name], 512, 1024, 4096))},
        lone=chance.choice(WORKERS),
    )
    return update(stage(after, materials), after)


def change_own(chance: Random, scene: Scene, materials: Materials) -> Deed:
    """Tenant red's own part is replaced."""
    after = replace(
        scene,
        build={**scene.build, "red.moody": chance.randrange(2)},
        weight={**scene.weight, "red": chance.randint(1, MOST_WEIGHT)},
        counted=chance.random() < 0.5,
    )
    staging = stage_red(after, materials)
    return Deed(staging.graph, staging.files, after)


def steer(chance: Random, scene: Scene, materials: Materials) -> Deed:
    """All flow groups get a worker by lot."""
    workers = [chance.randrange(2) for _ in range(GROUPS)]
    return Deed({"do": "steer", "node": "in", "workers": workers}, (), scene)


def upgrade_badly(chance: Random, scene: Scene, materials: Materials) -> Deed:
    """A module that does not start, must not run, or is none."""
    words = chance.choice(sorted(materials.bad))
    name = chance.choice(sorted(MODULES))
    staging = stage(scene, materials, frozenset(MODULES) - {name})
    (options,) = (node["options"] for node in staging.graph["nodes"] if node["name"] == name)
    options["module"] = str(materials.bad[words].path)
    return update(Staging(staging.graph, (materials.bad[words].sealed,)), scene, words)


def update_badly(chance: Random, scene: Scene, materials: Materials) -> Deed:
    """A graph that cannot be."""
    staging = stage(scene, materials)
    graph = staging.graph
    changes: dict[str, Json] = {
        "in a circle": {"edges": [*graph["edges"], {"from": "firewall", "gate": 1, "to": "branch"}]},
        "cores are chosen": {"cores": [0, 1, 0]},
        "two tenants have the name": {"tenants": [*graph["tenants"], {"name": "red"}]},
        "gate 0 leads nowhere": {"edges": graph["edges"][1:]},
        "is not a known key": {"speed": 1},
        "does not run on all workers": {
            "tenants": [
                entry | ({"workers": [0]} if entry["name"] == "red" else {}) for entry in graph["tenants"]
            ]
        },
    }
    words = chance.choice(sorted(changes))
    return update(Staging(graph | changes[words], staging.files), scene, words)


def change_own_badly(chance: Random, scene: Scene, materials: Materials) -> Deed:
    """More than tenant red has a right to."""
    foreign = find_module(scene, materials, "firewall")
    wishes: dict[str, Staging] = {
        "weight": stage_red(scene, materials, weight=MOST_WEIGHT + 1),
        "buffers": stage_red(scene, materials, buffers=1 << 14),
        "no right to": replace(stage_red(scene, materials), files=(foreign.sealed,)),
    }
    words = chance.choice(sorted(wishes))
    return Deed(wishes[words].graph, wishes[words].files, scene, words)


def steer_badly(chance: Random, scene: Scene, materials: Materials) -> Deed:
    """To a worker that there is not."""
    return Deed(
        {"do": "steer", "node": "in", "workers": [chance.randrange(2, 9)]}, (), scene, "is none of those"
    )


DEEDS: Sequence[tuple[Maker, int]] = (
    (upgrade, 4),
    (restart, 3),
    (rewire, 3),
    (change_tenants, 3),
    (change_own, 3),
    (steer, 6),
    (upgrade_badly, 2),
    (update_badly, 2),
    (change_own_badly, 1),
    (steer_badly, 1),
)
"""With how often each comes, relative to the others."""


def choose(chance: Random) -> Maker:
    (maker,) = chance.choices([maker for maker, _ in DEEDS], [often for _, often in DEEDS])
    return maker
