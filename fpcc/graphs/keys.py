"""The keys of a graph's tables, and what each may hold; ranges of numbers are the host's to check."""

from __future__ import annotations

from collections.abc import Mapping

from fpcc.graph_keys import INPUTS, NODE, OUTPUTS, Key, Keys, Kind

TOP: Keys = {
    "host": Key(Kind.TABLE, "the table [host], what is of the whole host"),
    "access": Key(Kind.TABLE, "the table [access], what holds for all tenants"),
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

# What a tenant may change of itself.
SETTINGS: Keys = {
    "weight": Key(Kind.INTEGER, "its part of a processor, against the weights of the others"),
    "buffers": Key(Kind.INTEGER, "its packet buffers on each worker"),
    "workers": Key(Kind.INTEGERS, "the workers it runs on, counted from 0"),
}

TENANT: Keys = {
    "name": Key(Kind.TEXT, "what the tenant is called, unlike any other", required=True),
    **SETTINGS,
    "rights": Key(Kind.TABLE, "the table [tenant.rights], what its users may do"),
}

# The top of a file with one tenant's part of a running graph.
PART: Keys = {
    "tenant": Key(Kind.TEXT, "the tenant whose part of the graph this is", required=True),
    **SETTINGS,
    "node": Key(Kind.ITEMS, "one table [[node]] for each node"),
    "edge": Key(Kind.ITEMS, "one table [[edge]] for each way from a gate to a node"),
}

ACCESS: Keys = {
    "operators": Key(Kind.USERS, "the users who may do everything"),
    "verifier": Key(Kind.TEXTS, "a program and its arguments, which says of a module whether it may run"),
    "mandatory": Key(Kind.ITEMS, "one table [[access.mandatory]] for each rule"),
}

MANDATORY: Keys = {
    "from": Key(Kind.TEXT, "the node packets come from", required=True),
    "through": Key(Kind.TEXT, "the node they must come to first", required=True),
}

# runtime/host/engine/access.h; "users" are its "uids".
RIGHTS: Keys = {
    "users": Key(Kind.USERS, "the users who act for the tenant", required=True),
    "kinds": Key(Kind.TEXTS, "the kinds of nodes it may make"),
    "ports": Key(Kind.TEXTS, "patterns of the ports it may open"),
    "files": Key(Kind.TEXTS, "patterns of the files it may name"),
    "modules": Key(Kind.TEXTS, "digests and patterns of names of the modules it may run"),
    "workers": Key(Kind.INTEGERS, "the workers it may choose from"),
    "max_weight": Key(Kind.INTEGER, "its weight at most"),
    "max_buffers": Key(Kind.INTEGER, "its packet buffers on each worker at most"),
    "max_nodes": Key(Kind.INTEGER, "how many nodes it may put in"),
    "max_heap_bytes": Key(Kind.INTEGER, "the bytes of all its heaps at most"),
    "max_budget_us": Key(Kind.INTEGER, "microseconds of one call of a module at most"),
    "max_init_budget_us": Key(Kind.INTEGER, "the same for init() and fini()"),
    "read": Key(Kind.TEXTS, "whose nodes it may see"),
}

# What the operator says of a node, for tenants.
MARKS: Keys = {
    "locked": Key(Kind.BOOLEAN, "whether its tenant may not change it"),
    "open_to": Key(Kind.TABLE, "tenants, by gate, who may lead the gate to nodes of theirs"),
    "accept": Key(Kind.TEXTS, "tenants who may lead gates of theirs here"),
}

# What every node has; the rest depends on its kind.
OWN: Keys = {
    "name": Key(Kind.TEXT, "what the node is called, unlike any other", required=True),
    "kind": Key(Kind.TEXT, "what it does", required=True),
    "worker": Key(Kind.INTEGER, "the worker that has the port, of inputs and outputs"),
    **MARKS,
}

# What inputs have besides.
STEERED: Keys = {"steer": Key(Kind.TEXT, "what may change by itself of which worker serves which flows")}
STEERS = ("fixed", "load", "path")
PLACED: Keys = {"tenant": Key(Kind.TEXT, "the tenant it belongs to", required=True), **OWN}

KINDS: Mapping[str, Keys] = {
    "input": {},  # and the keys of the port's type
    "output": {},
    "module": {key: rule for key, rule in NODE.items() if key != "name"},
    "counter": {},
    "classifier": {},
    "mirror": {"path": Key(Kind.PATH, "the capture file that packets are copied to", required=True)},
    "drop": {},
}

PORTS: Mapping[str, Mapping[str, Keys]] = {"input": INPUTS, "output": OUTPUTS}

EDGE: Keys = {
    "from": Key(Kind.TEXT, "the node packets come from", required=True),
    "gate": Key(Kind.INTEGER, "the gate they leave it by, 0 if not said"),
    "to": Key(Kind.TEXT, "the node they go to", required=True),
    "filter": Key(Kind.TEXT, "which of them, in tcpdump's syntax"),
    "locked": Key(Kind.BOOLEAN, "whether the tenant of the node it leaves may not change it"),
    "default": Key(Kind.BOOLEAN, "whether it counts only while no other edge leaves its gate"),
}
