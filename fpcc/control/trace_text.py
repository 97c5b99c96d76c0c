"""Traces as text: a packet is a line, and each node that had it is another."""

from __future__ import annotations

from collections.abc import Iterator

from fpcc.control.client import Json
from fpcc.control.packet_line import describe_frame
from fpcc.reports.visible import make_visible

HIDDEN = "another tenant"


def write_trace(found: Json) -> str:
    """All packets, or that there were none."""
    if not found["packets"]:
        return "no packet matched\n"
    return "\n".join(line for packet in found["packets"] for line in _packet_lines(packet)) + "\n"


def _packet_lines(packet: Json) -> Iterator[str]:
    """The frame is shown again where it or its length is another than before."""
    hops = packet["hops"]
    yield f"packet {packet['number']}:"
    width = max(len(_name(hop)) for hop in hops)
    before = ""
    for hop in hops:
        yield f"  {_hop_line(hop, width)}"
        frame = describe_frame(bytes.fromhex(hop["head"]), hop["len"]) if hop["tenant"] else before
        if frame != before:
            yield f"{'':14}{frame}"
        before = frame
    if not packet["whole"]:
        yield "  it passed more nodes than a trace holds; the last is shown last"


def _hop_line(hop: Json, width: int) -> str:
    if not hop["tenant"]:
        return f"{'':12}{HIDDEN}"
    gate = f"by gate {hop['in_gate']}, " if "in_gate" in hop else ""
    turn = f"{hop['cycles']:,.0f} cycles a packet in a batch of {hop['batch']}: {_fate(hop)}"
    return f"{hop['since_us']:>8,.1f} µs  {_name(hop):<{width}}  worker {hop['worker']}, {gate}{turn}"


def _name(hop: Json) -> str:
    return make_visible(f"{hop['node']} ({hop['tenant']})") if hop["tenant"] else ""


def _fate(hop: Json) -> str:
    """In words; a packet that had no more than its turn yet waits in a queue."""
    where = f"to {make_visible(hop['to'])}" if "to" in hop else f"to {HIDDEN}"
    gate = f"gate {hop['gate']}" if "gate" in hop else ""
    passed = "bypassed, " if hop.get("bypassed") else ""
    words = {
        "passed": f"{gate} {where}",
        "copied": f"{gate}, copied {where}",
        "moved": f"moved to worker {hop.get('to_worker')}",
        "dropped": f"dropped: {hop.get('reason')}" + (f" ({gate})" if gate else ""),
        "sent or lost": "sent or lost: the port took some of the batch",
        "lost": "lost: the port took none of the batch",
    }
    return passed + words.get(hop["fate"], str(hop["fate"]))
