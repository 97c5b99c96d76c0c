"""Writes lpm.routes: 12,000 routes whose prefix lengths are spread as in the Internet's tables.

    python3 make_routes.py > lpm.routes

The output depends on nothing but this file: the generator is a 64-bit linear congruential one.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

ROUTES = 12_000
GATES = 16
# Prefix length -> share in a thousand; lengths past /24 are customers' and infrastructure routes.
LENGTHS = {
    8: 1, 12: 2, 14: 3, 16: 35, 18: 15, 19: 30, 20: 55, 21: 55, 22: 120, 23: 100,
    24: 524, 25: 10, 26: 10, 27: 8, 28: 8, 29: 8, 30: 8, 32: 8,
}  # fmt: skip
# Where the demo's hosts are, whatever the rest says.
FIXED = {"0.0.0.0/0": 0, "192.0.2.0/24": 1, "198.51.100.0/24": 2, "198.51.100.40/32": 3, "203.0.113.0/24": 4}


def random_numbers(seed: int) -> Iterator[int]:
    """32-bit numbers: the upper half of Knuth's MMIX generator."""
    while True:
        seed = (seed * 6364136223846793005 + 1442695040888963407) % 2**64
        yield seed >> 32


def make_routes() -> dict[IPv4Network, int]:
    """Prefix -> gate, every prefix once, none of them 0/8, 127/8 or multicast."""
    lengths = [length for length, share in LENGTHS.items() for _ in range(share)]
    routes = {IPv4Network(prefix): gate for prefix, gate in FIXED.items()}
    numbers = random_numbers(2017)
    while len(routes) < ROUTES:
        length = lengths[next(numbers) % len(lengths)]
        network = IPv4Network((next(numbers) >> (32 - length) << (32 - length), length))
        first = int(network.network_address) >> 24
        if 1 <= first < 224 and first != 127:
            routes.setdefault(network, next(numbers) % GATES)
    return routes


if __name__ == "__main__":
    print("# Made by make_routes.py. prefix gate")
    for network, gate in sorted(make_routes().items()):
        print(network, gate)
