"""What each example NF should do, written a second time, in Python, from its header comment.

MODELS maps the NF's name to `run(packets, args)`, which returns a (gate, bytes) for every packet. The
models know nothing of how the NF was built or run: any build of it must agree with them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.nfs.driver import Output, Packet
from tests.nfs.models import firewall, lb, lpm, macswap, monitor, nat, payload, policer

Model = Callable[[Sequence[Packet], str], list[Output]]

MODELS: dict[str, Model] = {
    "firewall": firewall.run,
    "lb": lb.run,
    "lpm": lpm.run,
    "macswap": macswap.run,
    "monitor": monitor.run,
    "nat": nat.run,
    "payload": payload.run,
    "policer": policer.run,
}
