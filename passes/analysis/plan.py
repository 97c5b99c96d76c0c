"""What the planner is asked and what it answers: policy, guards, verdicts, the plan of a function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from passes.analysis.accesses import MemoryAccess
from passes.analysis.facts import Reach
from passes.analysis.linear import Linear
from passes.analysis.locals import Local, NativeLimits
from passes.analysis.provenance import Provenance
from passes.ir.module import Function
from passes.ir.operand import Operand
from passes.model import Region


@dataclass(frozen=True, slots=True)
class Policy:
    """What a mode asks for, and the module's constants. Sizes in bytes."""

    guarded_kinds: frozenset[str]  # kinds of access that must be confined
    reach: Reach  # from a byte of the arena; of a narrower region, in either direction as far as `below`
    native: NativeLimits
    objects: Mapping[str, int] = field(default_factory=dict)  # global -> size
    trusted: Mapping[str, frozenset[str]] = field(
        default_factory=dict
    )  # function -> parameters the host gives
    # (function, pointer): guard it where it is used; "" for all functions, or all pointers
    insisted: frozenset[tuple[str, str]] = frozenset()
    provenance: Provenance | None = None  # None: every pointer is the arena's
    confined: bool = False  # the lowering confines operands after code generation, no guard is wanted

    def reach_in(self, region: Region, kind: str) -> Reach:
        """How far from a byte of the region an access of that kind may be, to stay there or fault.

        Reads of large tables by an index need not be checked again to stay in the arena, and are not: they
        would cost a quarter of what a lookup costs.
        """
        is_wide = region == Region.ARENA or (region == Region.OBJECTS and kind == "read")
        return self.reach if is_wide else Reach(self.reach.below, self.reach.below)

    def region_of(self, function: str, base: str) -> Region:
        """The region that a base of addresses in `function` is known to point into."""
        return self.provenance.region(function, base) if self.provenance else Region.ARENA


@dataclass(frozen=True, slots=True)
class PlannedGuard:
    """A check of `root` before instruction `index` of `block`; or, with `edge` set, of the address `form`
    on the edge from `block` to the loop header `edge`."""

    id: int
    block: str
    index: int
    root: Operand
    form: Linear  # the address that is proved
    access: MemoryAccess  # the first it serves
    edge: str = ""
    region: Region = Region.ARENA  # that the address is checked to be in


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided about one access."""

    access: MemoryAccess
    form: Linear  # its address
    decision: str
    reason: str
    guard: int = -1
    region: Region = Region.ARENA  # that its root is known to point into


@dataclass
class FunctionPlan:
    """Everything decided about one function. `touches` are instructions that must stay as they are."""

    function: Function
    locals: dict[str, Local]
    guards: list[PlannedGuard] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    clears_locals: bool = False  # those that stay on the native stack are cleared on entry
    touches: set[int] = field(default_factory=set)  # id() of instructions
