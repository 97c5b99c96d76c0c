"""lb: Maglev's table as the paper describes it, with weights, and the hash of the 5-tuple.

Which backend a flow gets is defined by the hash, so the model repeats it; what a load balancer is for,
balance and little disruption, is tested in test_lb.py without it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tests.nfs.driver import DROP, Output, Packet
from tests.nfs.models.argument_lines import argument_lines
from tests.nfs.models.hashing import WORD, hash_words
from tests.nfs.models.headers import Datagram, parse


@dataclass(frozen=True)
class Backend:
    name: str
    address: bytes
    weight: int
    gate: int


def hash_name(name: str) -> int:
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = (value ^ byte) * 0x100000001B3 & WORD
    return value


def hash_flow(datagram: Datagram) -> int:
    service = datagram.protocol
    if datagram.ports and not datagram.fragment:
        service |= (datagram.ports[0] << 16 | datagram.ports[1]) << 8
    source, destination = datagram.source, datagram.destination
    if datagram.version == 4:
        return hash_words(source << 32 | destination, service)
    halves = [hash_words(end >> 64, end & WORD) for end in (source, destination)]
    return hash_words(halves[0], halves[1] ^ service)


def parse_backend(name: str, address: str, weight: str, gate: str = "0") -> Backend:
    return Backend(name, bytes.fromhex(address.replace(":", "")), int(weight), int(gate))


@lru_cache
def make_table(args: str) -> list[Backend]:
    """Backend of every slot."""
    lines = argument_lines(args)
    size = next((int(words[1]) for words in lines if words[0] == "table"), 65537)
    backends = [parse_backend(*words[1:]) for words in lines if words[0] == "backend"]
    table: list[Backend | None] = [None] * size
    slots = [permutation(backend.name, size) for backend in backends]
    credit = [0] * len(backends)
    heaviest, claimed = max(backend.weight for backend in backends), 0
    for i in itertools.cycle(range(len(backends))):
        if claimed == size:
            break
        credit[i] += backends[i].weight
        if credit[i] >= heaviest:
            credit[i] -= heaviest
            table[next(slot for slot in slots[i] if table[slot] is None)] = backends[i]
            claimed += 1
    return [backend for backend in table if backend]


def permutation(name: str, size: int) -> Iterator[int]:
    value = hash_name(name)
    start, skip = hash_words(value, 1) % size, hash_words(value, 2) % (size - 1) + 1
    return ((start + skip * i) % size for i in range(size))


def run(packets: Sequence[Packet], args: str) -> list[Output]:
    table = make_table(args)
    return [balance(packet.data, table) for packet in packets]


def balance(data: bytes, table: list[Backend]) -> Output:
    datagram = parse(data)
    if not isinstance(datagram, Datagram):
        return Output(DROP, data)
    backend = table[(hash_flow(datagram) >> 32) * len(table) >> 32]
    return Output(backend.gate, backend.address + data[6:])
