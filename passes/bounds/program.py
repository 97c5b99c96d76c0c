"""What all functions of an instrumented program share: its objects, the checks made so far, and names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from passes.bounds.exempt import exempt_groups
from passes.ir.instruction import Instruction
from passes.ir.locations import LocationReader
from passes.ir.module import Function, Module
from passes.model import Check, Location, Site

SIZE_MASK = (1 << 32) - 1


class Bounds(NamedTuple):
    """Texts of two i64 values: where the object begins, and its site << 32 | its size in bytes."""

    lower: str
    object: str


# Of pointers made from integers and the like: the whole arena, which is what `rw` confines them to.
UNKNOWN = Bounds("%fp.arena", str(SIZE_MASK))
ANCHOR = "@fp_bounds_anchor"  # something in the arena
ARENA = (
    f"%fp.arena.high = lshr i64 ptrtoint (ptr {ANCHOR} to i64), 32",
    "%fp.arena = shl i64 %fp.arena.high, 32",
)


@dataclass
class Program:
    """`entries` are the functions that the host calls: they keep their types."""

    module: Module
    text: str
    entries: frozenset[str]
    checks_unknown: bool
    is_counted: bool = False
    locations: LocationReader = field(init=False)
    exempt: set[str] = field(init=False)
    sites: list[Site] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    _globals: dict[str, Bounds] = field(default_factory=dict)
    _artificial: dict[str, str] = field(default_factory=dict)  # subprogram -> location without a line

    def __post_init__(self) -> None:
        self.locations = LocationReader(self.module)
        groups = exempt_groups(self.text)
        self.exempt = {n for n, f in self.module.functions.items() if groups & set(f.header)}

    def add_site(
        self, kind: str, name: str = "", function: str = "", location: Location | None = None
    ) -> int:
        """The number of a new site; numbers count from 1, for 0 says that nothing is known."""
        number = len(self.sites) + 1
        self.sites.append(Site(number, kind, name, function, location or Location()))
        return number

    def place_site(self, kind: str, name: str, function: Function, instruction: Instruction) -> int:
        """A new site at an instruction."""
        location = self.locations.locate(instruction.location)
        written = self.locations.written_function(instruction.location) or function.name[1:]
        return self.add_site(kind, name, written, location)

    def bounds_of_global(self, name: str) -> Bounds:
        """Bounds of a variable; functions, and variables of the linker's, have none."""
        variable = self.module.globals.get(name)
        if variable is None or variable.initializer is None:
            return UNKNOWN
        if name not in self._globals:
            shown = name[1:].strip('"')
            kind = "string" if shown.startswith(".str") else "global"
            site = self.add_site(kind, shown)
            self._globals[name] = Bounds(
                f"ptrtoint (ptr {name} to i64)", describe(site, variable.type.alloc_size)
            )
        return self._globals[name]

    def passes_bounds(self, call: Instruction) -> bool:
        """Whether bounds go with the pointers of a call: with all but those of the host and its entries."""
        if "..." in call.tokens or call.callee.startswith(("@llvm.", "asm ")):
            return False
        function = self.module.functions.get(call.callee)
        return self.is_bounded(function) if function is not None else not call.operands[-1].is_global

    def is_bounded(self, function: Function) -> bool:
        """Whether the function takes and gives back bounds beside pointers: all do but the host's entries."""
        return function.name[1:] not in self.entries

    def place_helper(self, function: Function, instruction: Instruction | None) -> str:
        """`, !dbg ...` for added code: that of the instruction it serves, or one without a line."""
        if instruction is not None and instruction.location:
            return f", !dbg {instruction.location}"
        if not function.subprogram:
            return ""
        if function.subprogram not in self._artificial:
            self._artificial[function.subprogram] = self.locations.artificial_location(function.subprogram)
        return f", !dbg {self._artificial[function.subprogram]}"


def describe(site: int, size: int) -> str:
    """The second half of bounds, as a number."""
    return str(site << 32 | (size & SIZE_MASK))
