"""Mutants put on trial: those that the verifier accepts are run, and must not escape."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from fpcc.abi import abi
from fpcc.verifier.decoder import decode_at
from fpcc.verifier.model import CALL, JUMP, RETURN, TRAP, Target
from fpcc.verifier.verify import verify_module
from tests.verifier.confined_machine import ARENA, ConfinedMachine, EscapeError
from tests.verifier.hostile_state import HostileState
from tests.verifier.loaded_module import LoadedModule, load_module
from tests.verifier.mutation import Mutable, mutate, sweep

INSTRUCTIONS = 2000  # that one run may take
_POINTERS = {"init": "FP_ARGS_OFFSET", "process": "FP_BATCH_OFFSET"}


@dataclass(frozen=True)
class Escape:
    """A module that the verifier accepts and should not have."""

    seed: int
    message: str
    module: bytes


@dataclass
class Trial:
    """What became of the mutants."""

    refused: int = 0
    accepted: int = 0
    ends: Counter[str] = field(default_factory=Counter)  # of runs
    escapes: list[Escape] = field(default_factory=list)

    def try_mutant(self, mutable: Mutable, mode: str, seed: int) -> None:
        """Makes one mutant, verifies it, runs it if it is accepted."""
        chance = random.Random(seed)
        mutant = mutate(mutable, chance)
        if mutant == mutable.module or verify_module(mutant).violations:
            self.refused += 1
            return
        self.accepted += 1
        try:
            self.ends.update(run_module(mutant, mode, chance, 3))
        except EscapeError as error:
            self.escapes.append(Escape(seed, str(error), mutant))


def run_module(module: bytes, mode: str, chance: random.Random, runs: int) -> list[str]:
    """How calls of the entry points and of some functions ended; EscapeError."""
    loaded = load_module(module)
    code = module[loaded.text_offset : loaded.text_offset + len(loaded.text)]
    found = sweep(code, loaded.text.start)
    machine = ConfinedMachine(loaded, frozenset(at for at, _, _ in found), mode == "rw", chance)
    state = HostileState(chance)
    called = sorted(_called(code, loaded) - set(loaded.entries.values()))
    ends = []
    for _ in range(runs):
        state.fill(machine)
        ends += [_run_entry(machine, state, name) for name in loaded.entries]
        ends += [
            machine.run(start, state.registers(), INSTRUCTIONS).end
            for start in chance.sample(called, min(len(called), 2))
        ]
    return ends


def _run_entry(machine: ConfinedMachine, state: HostileState, name: str) -> str:
    registers = state.registers()
    if name in _POINTERS:
        registers["rdi"] = ARENA + abi().number(_POINTERS[name])
    return machine.run(machine.module.entries[name], registers, INSTRUCTIONS).end


def _called(code: bytes, loaded: LoadedModule) -> set[int]:
    """Where direct calls go that execution can come to from the entry points, imports aside."""
    first = loaded.text.start
    pending, seen, called = list(loaded.entries.values()), set[int](), set[int]()
    while pending:
        at = pending.pop()
        if at in seen or not first <= at < first + len(code):
            continue
        seen.add(at)
        instruction = decode_at(code, at - first, at)
        targets = [o.address for o in instruction.operands if isinstance(o, Target)]
        if instruction.kind == CALL:
            targets = [t for t in targets if code[t - first : t - first + 2] != b"\xff\x25"]
            called.update(targets)
        pending += targets
        if instruction.kind not in (JUMP, RETURN, TRAP):
            pending.append(instruction.end)
    return called
