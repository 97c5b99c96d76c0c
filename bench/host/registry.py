"""All figures, in the order of the table: one function each, with runs of `fphost serve` of its own."""

from __future__ import annotations

from collections.abc import Callable

from bench.host.cost import cost
from bench.host.delay import delay
from bench.host.dpdk import between_devices
from bench.host.figure import Figure, Modules
from bench.host.figures import changes, density, fairness, faults, flood, fragmentation, two_cores
from bench.host.order import order

FIGURES: tuple[Callable[[Modules], list[Figure]], ...] = (
    fairness,
    flood,
    faults,
    fragmentation,
    delay,
    cost,
    between_devices,
    two_cores,
    order,
    changes,
    density,
)
