"""The keys of a graph's tables, and what each may hold; ranges of numbers are the host's to check."""

from __future__ import annotations

from collections.abc import Mapping

from fpcc.graph_keys import INPUTS, NODE, OUTPUTS, Key, Keys, Kind

TOP: Keys = {
    "host": Key(Kind.TABLE, "the table [host], what is of the whole host"),
    "tenant": Key(Kind.ITEMS, "one table [[tenant]] for each tenant", required=True),
    "node": Key(Kind.ITEMS, "one table [[node]] for each node", required=True),
    "edge": Key(Kind.ITEMS, "one table [[edge]] for each way from a gate to a node", required=True),
}

HOST: Keys = {
    "cores": Key(Kind.INTEGERS, "the processors, a worker on each"),
    "batch": Key(Kind.INTEGER, "the most packets of a batch"),
    "delay_us": Key(Kind.INTEGER, "microseconds a packet may wait for others to fill its batch"),
    "control": Key(Kind.PATH, "the path of the control socket"),
    "forever": Key(Kind.BOOLEAN, "whether to go on when all inputs have ended"),
    "allow_unprotected": Key(Kind.BOOLEAN, "whether modules of mode `none` may run"),
}

TENANT: Keys = {
    "name": Key(Kind.TEXT, "what the tenant is called, unlike any other", required=True),
    "weight": Key(Kind.INTEGER, "its part of a processor, against the weights of the others"),
    "buffers": Key(Kind.INTEGER, "its packet buffers on each worker"),
    "workers": Key(Kind.INTEGERS, "the workers it runs on, counted from 0"),
}

# What every node has; the rest depends on its kind.
PLACED: Keys = {
    "name": Key(Kind.TEXT, "what the node is called, unlike any other", required=True),
    "tenant": Key(Kind.TEXT, "the tenant it belongs to", required=True),
    "kind": Key(Kind.TEXT, "what it does", required=True),
    "worker": Key(Kind.INTEGER, "the worker that has the port, of inputs and outputs"),
}

# What inputs have besides.
STEERED: Keys = {"steer": Key(Kind.TEXT, "what may change by itself of which worker serves which flows")}
STEERS = ("fixed", "load", "path")

KINDS: Mapping[str, Keys] = {
    "input": {},  # and the keys of the port's type
    "output": {},
    "module": {key: rule for key, rule in NODE.items() if key != "name"},
    "counter": {},
    "mirror": {"path": Key(Kind.PATH, "the capture file that packets are copied to", required=True)},
    "drop": {},
}

PORTS: Mapping[str, Mapping[str, Keys]] = {"input": INPUTS, "output": OUTPUTS}

EDGE: Keys = {
    "from": Key(Kind.TEXT, "the node packets come from", required=True),
    "gate": Key(Kind.INTEGER, "the gate they leave it by, 0 if not said"),
    "to": Key(Kind.TEXT, "the node they go to", required=True),
    "filter": Key(Kind.TEXT, "which of them, in tcpdump's syntax"),
}
