"""Where the packets of a report (docs/control.md) are."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def total(report: Json, field: str) -> int:
    """Of all nodes, those in graphs before included."""
    nodes: int = sum(node[field] for node in report["nodes"])
    gone: int = report["gone"].get(field, 0)
    return nodes + gone


def dropped(report: Json) -> int:
    """Packets, whatever the reason."""
    return sum(sum(part["drops"].values()) for part in (*report["nodes"], report["gone"]))


def unaccounted(report: Json) -> int:
    """Packets that were received and are nowhere; 0 once nothing is on its way between workers."""
    return total(report, "received") - total(report, "sent") - dropped(report) - total(report, "queued")
