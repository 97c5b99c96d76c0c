"""Who defines and who uses each local value of one function."""

from __future__ import annotations

from dataclasses import dataclass, field

from passes.ir.instruction import Instruction
from passes.ir.module import Function


@dataclass(frozen=True, slots=True)
class Place:
    """An instruction's place: its block's label and its index there; -1 for a parameter."""

    block: str
    index: int


@dataclass
class Values:
    """Definitions and uses by name."""

    definitions: dict[str, Instruction] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    users: dict[str, list[tuple[Place, Instruction]]] = field(default_factory=dict)

    def is_load_of(self, name: str, variable: str) -> bool:
        """Whether the value `name` is loaded from the global variable, whose name has no "@"."""
        load = self.definitions.get(name)
        return load is not None and load.opcode == "load" and load.operands[0].text == f"@{variable}"

    def add(self, instruction: Instruction, place: Place) -> None:
        """Makes an instruction, its value and its uses known."""
        if instruction.name:
            self.definitions[instruction.name] = instruction
            self.places[instruction.name] = place
        for name in {n for operand in instruction.operands for n in operand.names() if n[0] == "%"}:
            self.users.setdefault(name, []).append((place, instruction))


def index_values(function: Function) -> Values:
    """Indexes every definition and use in `function`."""
    values = Values()
    entry = function.blocks[0].label
    for parameter in function.parameters:
        values.places[parameter.text] = Place(entry, -1)
    for block in function.blocks:
        for index, instruction in enumerate(block.instructions):
            values.add(instruction, Place(block.label, index))
    return values
