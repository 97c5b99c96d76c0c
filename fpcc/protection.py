"""What the passes need to know for a mode and a lowering, put together from the ABI header."""

from __future__ import annotations

from fpcc.abi import abi
from passes.analysis.facts import Reach
from passes.lower.registry import LOWERINGS
from passes.modes import Mode
from passes.protect import Protection
from passes.stack import StackNames

# Parameters the host hands in: pointers into the arena, whatever the module does.
TRUSTED = {"init": frozenset({0}), "process": frozenset({0}), "fini": frozenset[int]()}

# Imported by guarded code, not by the NF.
HOST_VARIABLES = ("FP_SYM_STACK_POINTER", "FP_SYM_STACK_LIMIT", "FP_SYM_WINDOW", "FP_SYM_WINDOW_REACH")

_BATCHES = frozenset({"process"})  # entry points to which the host hands a batch
# What malloc() and all others that give back memory get it from (runtime/module/heap.h).
_ALLOCATORS = frozenset({"fp_slab_allocate", "fp_block_allocate"})


def allowed_imports(mode: Mode) -> tuple[str, ...]:
    """Symbols of the host that a module of this mode may import."""
    return abi().imports_of("api", "bulk" if mode.hardened else "unguarded")


def make_protection(mode: Mode, lowering: str, cpu: str) -> Protection:
    """The passes' options."""
    numbers, texts = abi().numbers, abi().texts
    plain = LOWERINGS[lowering](numbers)
    return Protection(
        mode=mode,
        lowering=plain.with_bounds() if mode.bounded else plain,
        imports={name: abi().signatures[name] for name in allowed_imports(mode)},
        trusted=TRUSTED,
        batches=_BATCHES,
        allocators=_ALLOCATORS,
        traps={
            "unreachable": numbers["FP_TRAP_UNREACHABLE"],
            "target": numbers["FP_TRAP_CALL_TARGET"],
            "abort": numbers["FP_TRAP_ABORT"],
            "bounds": numbers["FP_TRAP_BOUNDS"],
        },
        stack=StackNames(
            texts["FP_SYM_STACK_POINTER"],
            texts["FP_SYM_STACK_LIMIT"],
            numbers["FP_STACK_SIZE"],
            numbers["FP_TRAP_STACK"],
        ),
        reach=Reach(
            below=numbers["FP_GUARD_ZONE"],
            above=numbers["FP_ARENA_SIZE"] - numbers["FP_ARENA_REACH"] - 1,
        ),
        most_native=numbers["FP_NATIVE_FRAME_MAX"],
        cpu=cpu,
    )
