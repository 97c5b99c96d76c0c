"""The door of the passes: an optimised module in, the protected module and every decision out.

The order of the passes is the body of `protect_module`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from passes.analysis.facts import Reach
from passes.analysis.guards import plan_function
from passes.analysis.linear import LinearForms
from passes.analysis.locals import NativeLimits
from passes.analysis.plan import FunctionPlan, Policy
from passes.analysis.provenance import Provenance, Sources
from passes.analysis.values import index_values
from passes.calls import Calls
from passes.dispatch import Dispatcher, address_taken, dispatch_function, host_called
from passes.forbidden import find_refusals, find_wrong_entry_points, refuse_file_assembly
from passes.ir.locations import LocationReader
from passes.ir.module import Module, read_module
from passes.lower.lowering import Lowering
from passes.model import Refusal, RefusedError
from passes.modes import Mode
from passes.rewrite import FunctionWriter
from passes.stack import StackNames, runtime_functions
from passes.surroundings import print_module

_NO_NATIVE = NativeLimits(frame=-1, local=-1)


@dataclass(frozen=True)
class Protection:
    """What a build asks for. Numbers and names come from abi.h; `trusted` maps entry points to the
    positions of parameters that the host hands in, `batches` are those it hands a batch; `allocators` are
    functions that give back memory of the heap."""

    mode: Mode
    lowering: Lowering
    imports: Mapping[str, str]  # functions of the host -> their types
    trusted: Mapping[str, frozenset[int]]
    batches: frozenset[str]
    allocators: frozenset[str]
    traps: Mapping[str, int]
    stack: StackNames
    reach: Reach
    most_native: int
    cpu: str

    def finish_assembly(self, assembly: str) -> str:
        """What the lowering makes of the code generated for a protected module. Raises RefusedInstruction."""
        return self.lowering.finish_assembly(assembly, self.mode.guarded) if self.mode.hardened else assembly


@dataclass(frozen=True)
class Protected:
    """The protected module and the plans it was made from."""

    text: str
    module: Module
    plans: tuple[FunctionPlan, ...]


def protect_module(
    text: str, protection: Protection, insisted: frozenset[tuple[str, str]] = frozenset()
) -> Protected:
    """Protects a module; accesses through `insisted` (function, pointer) get guards of their own.

    Raises RefusedError with all reasons, IRSyntaxError for IR this version does not know.
    """
    refuse_file_assembly(text)
    module = read_module(text)
    taken = address_taken(module)
    forms = {name: LinearForms(index_values(function)) for name, function in module.functions.items()}
    trusted = host_called(module, protection.trusted, taken)
    provenance = _trace(module, protection, forms, trusted, taken)
    policy = _make_policy(module, protection, insisted, trusted, provenance)
    plans = _plan(module, policy, forms)
    if not protection.mode.hardened:
        return Protected(text, module, tuple(plans))
    refusals = find_refusals(module, taken, _reserved_names(protection))
    refusals += find_wrong_entry_points(module, protection.trusted)
    lines = _write(module, plans, taken, protection, refusals)
    if refusals:
        raise RefusedError(refusals)
    return Protected("\n".join(lines) + "\n", module, tuple(plans))


def _reserved_names(protection: Protection) -> set[str]:
    """Names of the host's things that protected code declares."""
    declarations = " ".join(protection.lowering.declarations + protection.stack.declarations)
    return set(re.findall(r"@([-\w$.]+)", declarations)) | protection.imports.keys()


def _make_policy(
    module: Module,
    protection: Protection,
    insisted: frozenset[tuple[str, str]],
    trusted: Mapping[str, frozenset[int]],
    provenance: Provenance,
) -> Policy:
    objects = {n: g.type.alloc_size for n, g in module.globals.items() if g.initializer is not None}
    parameters = {
        name: frozenset(module.functions[name].parameters[i].text for i in positions)
        for name, positions in trusted.items()
    }
    confined = protection.mode.hardened and protection.lowering.confines
    return Policy(
        protection.mode.guarded,
        protection.reach,
        _NO_NATIVE if confined else _native_limits(protection),
        objects,
        parameters,
        insisted,
        provenance,
        confined,
    )


def _trace(
    module: Module,
    protection: Protection,
    forms: Mapping[str, LinearForms],
    trusted: Mapping[str, frozenset[int]],
    taken: set[str],
) -> Provenance:
    """Where the module's pointers come from."""
    batches = {name: positions for name, positions in trusted.items() if name[1:] in protection.batches}
    sources = Sources(
        frozenset((name, position) for name, positions in batches.items() for position in positions),
        frozenset(taken | {f"@{name}" for name in protection.trusted}) - batches.keys(),
        frozenset(f"@{name}" for name in protection.allocators),
    )
    provenance = Provenance(module, forms, sources)
    provenance.solve()
    return provenance


def _native_limits(protection: Protection) -> NativeLimits:
    cleared = protection.mode.zeroed
    return NativeLimits(protection.most_native, cleared or protection.most_native, cleared=bool(cleared))


def _plan(module: Module, policy: Policy, forms: Mapping[str, LinearForms]) -> list[FunctionPlan]:
    plans: list[FunctionPlan] = []
    guards = 0
    for function in module.functions.values():
        plans.append(plan_function(function, policy, forms[function.name], guards))
        guards += len(plans[-1].guards)
    return plans


def _write(
    module: Module,
    plans: list[FunctionPlan],
    taken: set[str],
    protection: Protection,
    refusals: list[Refusal],
) -> list[str]:
    calls = Calls(module, protection.imports, protection.traps, protection.lowering.table_callees)
    locations = LocationReader(module)
    body: list[str] = []
    dynamic = False
    for plan in plans:
        writer = FunctionWriter(
            plan, calls, protection.lowering, protection.stack, locations, refusals, module.metadata
        )
        body += writer.write(exported=plan.function.name[1:] in protection.trusted)
        dynamic |= writer.frame.dynamic
    for (signature, location), name in calls.dispatchers.items():
        candidates = tuple(
            f for f in module.functions.values() if f.name in taken and f.signature == signature
        )
        nodes = locations.clone_location(location)
        body += dispatch_function(Dispatcher(name, signature, candidates, *nodes), calls.trap("target"))
    if dynamic:
        body += runtime_functions(protection.stack)
    return print_module(
        module, protection.lowering.declarations + protection.stack.declarations, body, calls, protection.cpu
    )
