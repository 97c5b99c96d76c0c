"""The lowerings by name. A new one is a file beside this, loaded when it is asked for, and a maker here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from passes.lower.lowering import Lowering


def _compare(abi: Mapping[str, int]) -> Lowering:
    from passes.lower.compare import Compare, find_regions

    return Compare(find_regions(abi))


def _segment(_: Mapping[str, int]) -> Lowering:
    from passes.lower.segment import Segment

    return Segment()


def _mpx(abi: Mapping[str, int]) -> Lowering:
    from passes.lower.mpx import Mpx
    from passes.model import Region

    registers = {region: abi[f"FP_BOUNDS_{region.name}"] for region in Region}
    return Mpx(registers, moving=abi["FP_BOUNDS_MOVING"])


# name -> maker from the ABI's numbers
LOWERINGS: Mapping[str, Callable[[Mapping[str, int]], Lowering]] = {
    "compare": _compare,
    "segment": _segment,
    "mpx": _mpx,
}
