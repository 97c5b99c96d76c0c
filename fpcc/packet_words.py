"""The words for the packets of a fault's batch, and for where in a capture they are.

The event's fields are those of "fault" in runtime/host/event.h.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def name_packets(event: Mapping[str, Any], packet: int | None) -> str:
    """Any packet of the batch may be the cause; `packet` is the place in it of what evidence points to."""
    numbers = packet_numbers(event)
    if not numbers:
        return f"none: it happened in {event['call']}()" if event.get("call") not in (None, "process") else ""
    if len(numbers) == 1:
        return str(numbers[0])
    if packet is not None and packet < len(numbers):
        return f"{numbers[packet]}, going by the addresses in use there; the batch is {_name_all(numbers)}"
    return f"one of {_name_all(numbers)} (the batch it was handed)"


def name_capture(event: Mapping[str, Any], packet: int | None) -> str:
    """The file, and which of its packets, counted from 1 as tools do, the batch became."""
    path, first, numbers = event.get("capture"), event.get("captured_from"), packet_numbers(event)
    if not path or not isinstance(first, int) or not numbers:
        return str(path or "")
    last = first + len(numbers) - 1
    whole = f"{path}, packet{f's {first} to {last}' if last > first else f' {first}'} of it"
    known = packet is not None and 0 <= packet < len(numbers) and last > first
    return f"{whole}; {numbers[packet or 0]} is its packet {first + (packet or 0)}" if known else whole


def packet_numbers(event: Mapping[str, Any]) -> Sequence[int]:
    """Of the batch, in order."""
    first, count, evidence = event.get("packet"), event.get("packets"), event.get("evidence")
    if not isinstance(first, int) or not isinstance(count, int) or count < 1:
        return ()
    numbers = evidence["numbers"] if isinstance(evidence, Mapping) else None
    return numbers or range(first, first + count)


def _name_all(numbers: Sequence[int]) -> str:
    """Other nodes may have dropped some of those between."""
    first, last = min(numbers), max(numbers)
    if last - first == len(numbers) - 1:
        return f"{first} to {last}"
    return f"{len(numbers)} packets between {first} and {last}"
