"""The lowerings by name; a new one is a file beside this and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from passes.lower.compare import Compare
from passes.lower.lowering import Lowering
from passes.lower.mpx import Mpx
from passes.lower.segment import Segment
from passes.model import Region


def find_regions(abi: Mapping[str, int]) -> Mapping[Region, tuple[int, int]]:
    """First and last address of each region that is at one place, from the arena's base on.

    The last is that of no byte: pointers may be one past the end of what they point into.
    """
    stacks = abi["FP_STACK_OFFSET"]
    return {
        Region.OBJECTS: (0, abi["FP_HEAP_LIMIT"]),  # nothing is mapped below the image
        Region.STACK: (stacks, stacks + abi["FP_STACK_SLOTS"] * abi["FP_STACK_SLOT"]),
        Region.ARENA: (0, abi["FP_ARENA_REACH"]),
    }


# name -> maker from the ABI's numbers
LOWERINGS: Mapping[str, Callable[[Mapping[str, int]], Lowering]] = {
    "compare": lambda abi: Compare(find_regions(abi)),
    "segment": lambda abi: Segment(),
    "mpx": lambda abi: Mpx(
        {region: abi[f"FP_BOUNDS_{region.name}"] for region in Region}, moving=abi["FP_BOUNDS_MOVING"]
    ),
}
