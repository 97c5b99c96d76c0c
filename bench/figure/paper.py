"""What the paper states of its figure 2: throughput of a policer relative to no protection.

Source: W. Zhang, A. Sharma, K. Joshi, T. Wood, "Towards an OS for the Network Data Plane", ACM, 2017,
doi:10.1145/3050220.3060608, section "Evaluation". Only what its text says; nothing is read off the drawing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Stated:
    """One scheme. `pool`: 64-byte packets from a pool; `traffic`: from a client machine through a NIC; None
    where the text has no number. `at_least`: the number is a bound. `peer`: what we measure in its place."""

    scheme: str
    pool: float | None
    traffic: float | None
    words: str
    peer: str = ""
    at_least: bool = False


STATED = (
    Stated("Wo/Prot", 1.0, 1.0, "what all is relative to", "none"),
    Stated("Def/MPX", 0.54, 0.54, "“reduces throughput by up to 46%”", "pointer compare", at_least=True),
    Stated("FastPaas/RW", 0.76, 0.76, "“within 24% of the original in both”", "rw segment", at_least=True),
    Stated("FastPaas/WOnly", 0.96, 0.98, "“96% and 98% of the unprotected module”", "wonly segment"),
    Stated("Rust", None, None, "macswap only: FastPaas/RW is “similar to Rust’s version”", "rust"),
    Stated("Safecode", None, None, "“comparable performance to FastPaas/RW”; fails with real traffic"),
)
