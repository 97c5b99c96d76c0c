"""The eight example NFs, as the bench runs them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
NFS = REPO / "examples/nfs"


@dataclass(frozen=True)
class Example:
    """One NF and its argument file."""

    name: str
    args_name: str = ""

    @property
    def source(self) -> Path:
        return NFS / f"{self.name}.c"

    @property
    def args(self) -> Path | None:
        return NFS / "args" / self.args_name if self.args_name else None


EXAMPLES = (
    Example("macswap"),
    Example("policer", "policer.classes"),
    Example("lpm", "lpm.routes"),
    Example("firewall", "firewall.rules"),
    Example("nat", "nat.settings"),
    Example("lb", "lb.backends"),
    Example("monitor", "monitor.settings"),
    Example("payload", "payload.patterns"),
)
