"""The lowerings by name; a new one is a file beside this and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from passes.lower.compare import Compare
from passes.lower.lowering import Lowering
from passes.lower.mpx import Mpx
from passes.lower.segment import Segment
from passes.model import Region

# name -> maker from the ABI's numbers
LOWERINGS: Mapping[str, Callable[[Mapping[str, int]], Lowering]] = {
    "compare": lambda abi: Compare(reach=abi["FP_ARENA_REACH"], image_offset=abi["FP_IMAGE_OFFSET"]),
    "segment": lambda abi: Segment(),
    "mpx": lambda abi: Mpx({region: abi[f"FP_BOUNDS_{region.name}"] for region in Region}),
}
