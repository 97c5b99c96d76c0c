"""Which object each pointer of a function belongs to: where it is made, and the code that says so.

Bounds are asked for only where they are needed; what nobody asks for costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from passes.analysis.values import Values
from passes.bounds.counted import count_one
from passes.bounds.known_calls import ALLOCATES, FRESH, RETURNS_FIRST
from passes.bounds.program import SIZE_MASK, UNKNOWN, Bounds, Program, describe
from passes.bounds.runtime import BOUNDS, LOAD, RETURNED
from passes.bounds.touches import known_name
from passes.intrinsics import FORWARDED, base_name
from passes.ir.instruction import Instruction
from passes.ir.module import Function
from passes.ir.operand import Operand

_SAME_OBJECT = FORWARDED | {"llvm.ptrmask"}
_LIBRARY = "/fastpaas/module/"  # where the module C library's sources are, to debug information


@dataclass
class Origins:
    """Of one function. `after` has the code that gives values their bounds, by the instruction it follows;
    `phis` the bounds of phis, which the writer joins as it joins the phis themselves."""

    function: Function
    program: Program
    values: Values
    parameters: dict[str, Bounds]
    after: dict[int, list[str]] = field(default_factory=dict)  # id(instruction) -> lines
    phis: dict[str, Bounds] = field(default_factory=dict)
    is_exempt: bool = False
    uses_arena: bool = False
    _known: dict[str, Bounds] = field(default_factory=dict)
    _pending: list[Instruction] = field(default_factory=list)
    _made: int = 0

    def of(self, pointer: Operand) -> Bounds:
        """Bounds of a pointer; UNKNOWN if nothing tells them."""
        bounds = self._find(pointer)
        while self._pending:
            phi = self._pending.pop()
            for value in phi.operands:
                self._use(self._find(value))
        return self._use(bounds)

    def of_incoming(self, value: Operand) -> Bounds:
        """Bounds of what a phi gets from one side."""
        return self._find(value)

    def origin(self, pointer: Operand) -> Operand:
        """The value that `pointer` has its bounds from: what is left without offsets."""
        while True:
            if pointer.expression is not None and pointer.expression.opcode == "getelementptr":
                pointer = pointer.expression.operands[0]
                continue
            inner = self._inside(self.values.definitions.get(pointer.text))
            if inner is None:
                return pointer
            pointer = inner

    def fresh(self) -> str:
        """A name no other value has."""
        self._made += 1
        return f"%fp.b{self._made}"

    def counting(self, kind: str) -> list[str]:
        """Lines that count one more of what is done for each packet; none unless the build counts."""
        return count_one(kind, self.fresh()) if self.program.is_counted else []

    def add_after(self, instruction: Instruction, lines: list[str]) -> None:
        """Puts code behind an instruction."""
        place = self.program.place_helper(self.function, instruction)
        self.after.setdefault(id(instruction), []).extend(f"{line}{place}" for line in lines)

    def _use(self, bounds: Bounds) -> Bounds:
        self.uses_arena |= bounds is UNKNOWN
        return bounds

    def _inside(self, definition: Instruction | None) -> Operand | None:
        """What a value is an address in the object of, if the instruction alone says so."""
        if definition is None or definition.type.text != "ptr":
            return None
        if definition.opcode in ("getelementptr", "freeze"):
            return definition.operands[0]
        if definition.opcode == "call" and definition.arguments:
            name = base_name(definition.callee) if definition.callee.startswith("@llvm.") else ""
            is_first = name in _SAME_OBJECT or known_name(definition, self.program) in RETURNS_FIRST
            return (
                definition.arguments[0] if is_first and definition.arguments[0].type.text == "ptr" else None
            )
        return None

    def _find(self, pointer: Operand) -> Bounds:
        if self.is_exempt:
            return UNKNOWN
        pointer = self.origin(pointer)
        if pointer.is_global:
            return self.program.bounds_of_global(pointer.text)
        if not pointer.is_local or pointer.type.text != "ptr":
            return UNKNOWN
        if pointer.text not in self._known:
            definition = self.values.definitions.get(pointer.text)
            rule = _RULES.get(definition.opcode) if definition is not None else None
            if definition is None:
                self._known[pointer.text] = self.parameters.get(pointer.text, UNKNOWN)
            else:
                self._known[pointer.text] = rule(self, definition) if rule else UNKNOWN
        return self._known[pointer.text]

    def _phi(self, phi: Instruction) -> Bounds:
        name = self.fresh()
        bounds = Bounds(f"{name}.lower", f"{name}.object")
        self._known[phi.name] = self.phis[phi.name] = bounds
        self._pending.append(phi)
        return bounds

    def _select(self, select: Instruction) -> Bounds:
        condition, *choices = select.operands
        one, other = (self._use(self._find(choice)) for choice in choices)
        if one == other:
            return one
        name, lines, halves = self.fresh(), [], []
        for half, left, right in (("lower", one.lower, other.lower), ("object", one.object, other.object)):
            halves.append(f"{name}.{half}")
            lines.append(f"{halves[-1]} = select i1 {condition.text}, i64 {left}, i64 {right}")
        self.add_after(select, lines)
        return Bounds(*halves)

    def _load(self, load: Instruction) -> Bounds:
        return self.load_bounds(load, load.operands[0], f"ptrtoint ptr {load.name} to i64")

    def load_bounds(self, place: Instruction, slot: Operand, word: str) -> Bounds:
        """Code behind `place`, which has loaded a pointer from `slot`; `word` computes it as an integer."""
        name = self.fresh()
        lines = [
            f"{name}.word = {word}",
            f"{name} = call {BOUNDS} {LOAD}(ptr {slot.text}, i64 {name}.word)",
        ]
        self.add_after(place, [*lines, *self.counting("loads")])
        bounds = Bounds(f"{name}.lower", f"{name}.object")
        self.add_after(
            place, [f"{half} = extractvalue {BOUNDS} {name}, {i}" for i, half in enumerate(bounds)]
        )
        return bounds

    def _inttoptr(self, cast: Instruction) -> Bounds:
        """An integer that was loaded is what the optimiser makes of a pointer that is only copied."""
        load = self.values.definitions.get(cast.operands[0].text)
        if load is None or load.opcode != "load" or load.type.text != "i64":
            return UNKNOWN
        return self.word_bounds(load)

    def word_bounds(self, load: Instruction) -> Bounds:
        """Bounds of an i64 that was loaded, should it be a pointer."""
        if load.name not in self._known:
            self._known[load.name] = self.load_bounds(load, load.operands[0], f"add i64 {load.name}, 0")
        return self._known[load.name]

    def _alloca(self, alloca: Instruction) -> Bounds:
        assert alloca.source is not None
        size, name = alloca.source.alloc_size, self.fresh()
        site = self.program.place_site("local", alloca.name[1:], self.function, self._begin_of(alloca))
        lines, described = [f"{name}.lower = ptrtoint ptr {alloca.name} to i64"], describe(site, size)
        if alloca.operands and alloca.operands[0].integer is None:
            count = alloca.operands[0]
            lines += [*widen(count, f"{name}.count"), f"{name}.size = mul i64 {name}.count, {size}"]
            lines += _describe(name, site)
            described = f"{name}.object"
        elif alloca.operands:
            described = describe(site, size * (alloca.operands[0].integer or 0))
        self.add_after(alloca, lines)
        return Bounds(f"{name}.lower", described)

    def _begin_of(self, alloca: Instruction) -> Instruction:
        """Where a local's life begins: in the function it was written in; itself if nothing says so."""
        users = (user for _, user in self.values.users.get(alloca.name, ()))
        calls = (user for user in users if user.opcode == "call" and user.location)
        return next((call for call in calls if base_name(call.callee) == "llvm.lifetime.start"), alloca)

    def _call(self, call: Instruction) -> Bounds:
        known = known_name(call, self.program)
        if known in ALLOCATES:
            return self.allocated(call, f"ptrtoint ptr {call.name} to i64", ALLOCATES[known])
        if not self.program.passes_bounds(call):
            return UNKNOWN
        bounds = self._returned(call)
        return self._claim(call, bounds) if call.callee[1:] in FRESH else bounds

    def allocated(self, call: Instruction, address: str, sizes: tuple[int, ...]) -> Bounds:
        """Code behind `call`, which has allocated the product of its arguments `sizes`."""
        if any(at >= len(call.arguments) or call.arguments[at].type.text != "i64" for at in sizes):
            return UNKNOWN
        name, factors = self.fresh(), [call.arguments[at].text for at in sizes]
        site = self.program.place_site("heap", call.callee[1:], self.function, call)
        product = f"mul i64 {', '.join([*factors, '1'][:2])}"
        self.add_after(
            call, [f"{name}.lower = {address}", f"{name}.size = {product}", *_describe(name, site)]
        )
        return Bounds(f"{name}.lower", f"{name}.object")

    def _returned(self, call: Instruction) -> Bounds:
        """What a function of the module has left beside the pointer it returned."""
        name = self.fresh()
        bounds = Bounds(f"{name}.lower", f"{name}.object")
        pairs = zip(bounds, RETURNED, strict=True)
        self.add_after(call, [f"{half} = load i64, ptr {place}, align 8" for half, place in pairs])
        return bounds

    def _claim(self, call: Instruction, bounds: Bounds) -> Bounds:
        """A new object the library made for its caller."""
        callee = self.program.module.functions[call.callee]
        if not self.program.locations.locate_function(callee).file.startswith(_LIBRARY):
            return bounds
        name = self.fresh()
        site = self.program.place_site("heap", call.callee[1:], self.function, call)
        self.add_after(call, [f"{name}.size = and i64 {bounds.object}, {SIZE_MASK}", *_describe(name, site)])
        return Bounds(bounds.lower, f"{name}.object")


def widen(number: Operand, name: str) -> list[str]:
    """Lines that make an unsigned number an i64."""
    if number.type.bits == 64:
        return [f"{name} = add i64 {number.text}, 0"]
    cast = "zext" if number.type.bits < 64 else "trunc"
    return [f"{name} = {cast} {number.type.text} {number.text} to i64"]


def _describe(name: str, site: int) -> list[str]:
    """Lines that make the second half of bounds of `name`.size."""
    return [
        f"{name}.cut = and i64 {name}.size, {SIZE_MASK}",
        f"{name}.object = or i64 {name}.cut, {site << 32}",
    ]


_RULES: dict[str, Callable[[Origins, Instruction], Bounds]] = {
    "phi": Origins._phi,
    "select": Origins._select,
    "load": Origins._load,
    "inttoptr": Origins._inttoptr,
    "alloca": Origins._alloca,
    "call": Origins._call,
}
