"""All peers; a new one is a line here."""

from __future__ import annotations

from bench.peers.ebpf_peer import EBPF
from bench.peers.native_peers import NATIVE
from bench.peers.peer import Peer
from bench.peers.rust_peer import RUST
from bench.peers.wasm_peer import WASM

PEERS_BY_NAME: dict[str, Peer] = {peer.name: peer for peer in (RUST, WASM, EBPF, *NATIVE)}
