"""Traces: the host is asked for one, and asked again until it has found what it was asked for."""

from __future__ import annotations

import time
from dataclasses import dataclass

from fpcc.control.client import ControlClient, Json
from fpcc.filters.compile import compile_filter

_PERIOD = 0.05  # seconds between two questions


@dataclass(frozen=True)
class TraceWanted:
    """`expression` in tcpdump's syntax, "": every packet; `node`, "": the inputs; `timeout` in seconds."""

    expression: str
    node: str
    count: int
    timeout: float


def take_trace(client: ControlClient, wanted: TraceWanted) -> Json:
    """{"matched", "packets"}, those that came within the time; docs/control.md has the fields.

    Interrupted by the keyboard, it is what there is. Raises FilterError, RequestRefused.
    """
    request: Json = {"do": "trace", "count": wanted.count, "timeout_ms": max(1, round(wanted.timeout * 1000))}
    if wanted.node:
        request["node"] = wanted.node
    request |= encode_filter(wanted.expression)
    number = client.ask(request)["trace"]
    reply: Json = {"finished": False}
    try:
        while not reply["finished"]:
            time.sleep(_PERIOD)
            reply = client.ask({"do": "traced", "trace": number})
    except KeyboardInterrupt:
        reply = client.ask({"do": "traced", "trace": number, "end": True})
    return {"matched": reply["matched"], "packets": reply["packets"]}


def encode_filter(expression: str) -> Json:
    """The filter in a request: compiled, as the host knows no syntax. Raises FilterError."""
    if not expression:
        return {}
    return {"filter": compile_filter(expression, f"filter ({expression})").as_json()}
