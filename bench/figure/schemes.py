"""What is compared, in the order it is shown: our builds, then the peers."""

from __future__ import annotations

from collections.abc import Iterable

from bench.figure.results import Results
from bench.peers.figures import OURS_REFERENCE
from bench.peers.native_peers import REFERENCES
from bench.peers.registry import PEERS_BY_NAME
from passes.modes import MODES

# Runs of the unprotected build: what the rest is relative to, and how much chance there is.
UNPROTECTED = frozenset({OURS_REFERENCE, *REFERENCES})


def list_schemes(results: Results) -> list[str]:
    """Ours as they were measured, mode by mode, the dearest mode first; then peers."""
    return [*list_ours(results), *list_peers(results)]


def list_ours(results: Results) -> list[str]:
    return list_ours_of(row.peer for row in results.throughput.rows)


def list_ours_of(peers: Iterable[str]) -> list[str]:
    """Mode by mode, the dearest first."""
    names = dict.fromkeys(peers)
    return [name for mode in reversed(MODES) for name in names if _mode_of(name) == mode and is_ours(name)]


def list_peers(results: Results) -> list[str]:
    names = dict.fromkeys(row.peer for row in results.throughput.rows)
    return [name for name in PEERS_BY_NAME if name in names]


def is_ours(name: str) -> bool:
    return name not in UNPROTECTED and name not in PEERS_BY_NAME


def _mode_of(name: str) -> str:
    return name.partition(" ")[0]
